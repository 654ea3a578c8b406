/** Fails on known vulnerabilities of moderate severity or worse; says "skipped" when the registry cannot be asked. */
import { spawnSync } from 'node:child_process'

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev', '--audit-level=moderate'], {
  encoding: 'utf8',
})
let report
try {
  report = JSON.parse(stdout)
} catch {
  report = undefined
}
const counts = report?.metadata?.vulnerabilities
if (counts) {
  const serious = counts.moderate + counts.high + counts.critical
  if (serious > 0) {
    const names = Object.entries(report.vulnerabilities).map(
      ([name, { severity }]) => `${name} (${severity})`,
    )
    console.log(`vulnerable: ${names.join(', ')}`)
    process.exitCode = 1
  }
} else {
  console.log('skipped: the registry does not answer audits here')
}
