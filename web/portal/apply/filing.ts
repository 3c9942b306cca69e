// Tells a case which of its materials each sent file is. What could not be filed stays to be tried again; what was, is not filed twice.
import { api, asked, keyed, newKey } from '@/api/client'
import type { Trouble } from '@/shared/trouble'
import type { Paper } from './draft'

export async function fileAll(caseId: string, papers: Record<string, Paper>): Promise<{ filed: number; unfiled: string[]; trouble: Trouble | null }> {
  let filed = 0
  let trouble: Trouble | null = null
  const unfiled: string[] = []
  for (const paper of Object.values(papers)) {
    if (paper.how !== 'file' || !paper.file || paper.filed) continue
    const a = await asked(api.POST('/api/casework/cases/{id}/files', { params: { path: { id: caseId } }, body: { material: paper.material, file: paper.file }, ...keyed((paper.key ??= newKey())) }))
    if (a.ok) {
      paper.filed = true
      filed += 1
    } else {
      unfiled.push(paper.material)
      trouble = a.trouble
    }
  }
  return { filed, unfiled, trouble }
}
