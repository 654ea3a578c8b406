import type { Job } from '../jobs/job.ts'
import { sealAudit } from './seal-audit.ts'

/** Chains new audit entries every five seconds, until none is left. */
export const sealAuditJob: Job = {
  kind: 'audit.seal',
  title: 'Seal the audit trail',
  schedule: { everyS: 5 },
  run: async (ctx) => {
    while ((await sealAudit(ctx.database)) > 0);
  },
}
