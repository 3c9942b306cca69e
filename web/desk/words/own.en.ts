import type { Same } from '@/shared/words'
import type zh from './own.zh'

export default {
  own: {
    title: 'My account', roles: 'Roles', how: 'A wrong name, department or window is put right by the administrator; roles are granted by the security administrator.',
    change: 'Change the password', change_how: 'Afterwards whoever is signed in elsewhere with it is signed out; this page goes on.', old: 'Password now', fresh: 'New password', fresh_hint: 'At least 10 characters. A few unrelated words are easiest to remember.', again: 'New password once more', differ: 'The two are not the same.', changed: 'The password is changed.',
    factor: 'One-time codes', factor_on: 'In use', factor_off: 'Not in use', factor_what: 'With it, signing in asks for the six digits that an authenticator on your telephone shows beside the password; who knows the password alone does not get in.', factor_begin: 'Set it up', factor_anew: 'Change the telephone', factor_password: 'First, that it is you.', factor_done: 'One-time codes are in use. The next time you sign in you are asked for six digits.',
    factor_anew_how: 'With the old telephone at hand you can change to a new one here: until the new one is confirmed, the old one counts.', no_password: 'This account has no password (one of the demonstration’s, or the token of the data directory), so there are no one-time codes for it.',
    scan: 'Scan it with the authenticator', scan_how: 'Add an account in the authenticator of your telephone and scan the code below; where that cannot be done, type the secret in. It is shown this once. Let nobody see it.', qr: 'QR code of the one-time codes; it says the same as the secret beside it', issuer: 'Issuer', secret: 'Secret', secret_stays: 'Not in use yet; the secret is still on this page, try again.', six: 'Six digits, please.', confirm: 'Confirm and use it',
    lost: 'A lost telephone', lost_how: 'Ask the security administrator for a link that resets the password (Centre – Accounts): with the new password the one-time codes are off, and you set them up here again. There is no other way, and no administrator sees the secret.', lost_post: 'Password and one-time codes of the three posts cannot be reset by another post. Who has lost the telephone and cannot sign in needs the post granted to another account by the security administrator; so, when you change the telephone, set the new one up here first.',
  },
} satisfies Same<typeof zh>
