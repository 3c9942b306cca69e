"""A mail server for tests: aiosmtpd of Debian, on the loopback, with what a test wants it to say.

Arguments: FOLDER [--tls CERT KEY | --starttls CERT KEY] [--login USER PASSWORD]
It prints its port, keeps each letter it takes as FOLDER/<n>.eml, and refuses by the receiver's name: "no-…" with 550 for good,
"later-…" with 451 the first time.
"""
import argparse
import asyncio
import pathlib
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Box:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0
        self.waited = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("no-"):
            return "550 5.1.1 <%s> no such mailbox" % address
        if address.startswith("later-") and address not in self.waited:
            self.waited.add(address)
            return "451 4.7.1 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        letter = self.folder / ("%d.part" % self.count)
        letter.write_bytes(("X-Tls: %s\r\n" % bool(session.ssl)).encode() + envelope.original_content)
        letter.rename(self.folder / ("%d.eml" % self.count))
        return "250 2.0.0 taken"


async def main():
    p = argparse.ArgumentParser()
    p.add_argument("folder")
    p.add_argument("--tls", nargs=2)
    p.add_argument("--starttls", nargs=2)
    p.add_argument("--login", nargs=2)
    words = p.parse_args()
    context = None
    if words.tls or words.starttls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*(words.tls or words.starttls))

    def check(server, session, envelope, mechanism, data):
        user, password = words.login
        return AuthResult(success=data.login == user.encode() and data.password == password.encode(), handled=False)

    box = Box(words.folder)

    def make():
        return SMTP(
            box,
            tls_context=context if words.starttls else None,
            require_starttls=bool(words.starttls),
            authenticator=check if words.login else None,
            auth_required=bool(words.login),
            auth_require_tls=bool(words.starttls),
        )

    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0, ssl=context if words.tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
