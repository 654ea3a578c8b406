import { maskedConfig } from '../config.ts'
import { verifyAudit } from '../modules/audit/verify-audit.ts'
import { openSite } from '../site.ts'
import { VERSION } from '../version.ts'
import type { Command } from './command.ts'

type Finding = {
  readonly subject: string
  readonly state: 'ok' | 'warning' | 'problem'
  readonly text: string
}

export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor [--json]',
  help: 'check the installation; 1 when something is wrong',
  mostWords: 0,
  options: { json: { type: 'boolean' } },
  run: async ({ config, options }) => {
    const site = await openSite(config)
    const findings: Finding[] = []
    for (const { setting, value, durable } of await site.base.database.durability()) {
      findings.push({ subject: `database ${setting}`, state: durable ? 'ok' : 'problem', text: value })
    }
    const health = await site.base.blobs.check()
    findings.push({
      subject: 'files',
      state: health.status === 'ok' ? 'ok' : 'problem',
      text: health.status === 'ok' ? 'written and read back' : health.problem,
    })
    const audit = await verifyAudit(site.base.database.reader, () => undefined)
    findings.push({
      subject: 'audit trail',
      state: audit.kind === 'whole' ? 'ok' : 'problem',
      text: audit.kind === 'whole' ? `${audit.links} entries, ${audit.unsealed} unsealed` : audit.reason,
    })
    findings.push(
      site.base.zone === 'UTC' && config.timezone === ''
        ? {
            subject: 'time zone',
            state: 'warning',
            text: 'UTC, because the host says so; due dates follow it. Set another with: touchstone site zone NAME',
          }
        : { subject: 'time zone', state: 'ok', text: site.base.zone },
    )
    const { python, pyodide, listed, wheels } = await site.calculations.packages()
    const names = [...listed, ...wheels].map(({ name }) => name).join(', ') || 'standard library only'
    findings.push({
      subject: 'calculations',
      state: 'ok',
      text: `Python ${python} in Pyodide ${pyodide}: ${names}`,
    })
    await site.close()
    report(findings, maskedConfig(config), options.json === true)
    return findings.some(({ state }) => state === 'problem') ? 1 : 0
  },
}

function report(
  findings: readonly Finding[],
  settings: Readonly<Record<string, string>>,
  asJson: boolean,
): void {
  if (asJson) {
    console.log(JSON.stringify({ version: VERSION, findings, settings }, null, 2))
    return
  }
  console.log(`Touchstone ${VERSION} on Node ${process.version}`)
  for (const { subject, state, text } of findings)
    console.log(`${state.padEnd(8)} ${subject.padEnd(28)} ${text}`)
  console.log('\nSettings in force:')
  for (const [name, value] of Object.entries(settings)) console.log(`  ${name.padEnd(36)} ${value}`)
}
