import { verifyAudit } from '../modules/audit/verify-audit.ts'
import { openSite } from '../site.ts'
import type { Command } from './command.ts'

export const auditVerify: Command = {
  name: 'audit verify',
  usage: 'audit verify [--json]',
  help: 'compute the chain of the audit trail again; 1 when it is broken',
  mostWords: 0,
  options: { json: { type: 'boolean' } },
  run: async ({ config, options }) => {
    const site = await openSite(config)
    const verdict = await verifyAudit(site.base.database.reader, (links) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${links} entries checked`)
    })
    await site.close()
    if (process.stderr.isTTY) process.stderr.write('\n')
    if (options.json === true) console.log(JSON.stringify(verdict))
    else if (verdict.kind === 'whole')
      console.log(
        `The chain of ${verdict.links} entries is whole; ${verdict.unsealed} entries wait to be sealed.`,
      )
    else
      console.log(
        `The chain breaks at position ${verdict.position} (entry ${verdict.sequence}): ${verdict.reason}.`,
      )
    return verdict.kind === 'whole' ? 0 : 1
  },
}
