/** Runs dependency-cruiser over the server and the web application and fails when it saw nothing to check. */
import { cruise } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-config'
import extractTypeScript from 'dependency-cruiser/config-utl/extract-ts-config'

const { forbidden, options } = await extractOptions('./.dependency-cruiser.mjs')
const { output } = await cruise(
  ['src', 'web/src'],
  { ...options, ruleSet: { forbidden }, validate: true },
  undefined,
  { tsConfig: extractTypeScript('./tsconfig.json') },
)
const { summary, modules } = output
for (const violation of summary.violations)
  console.log(`${violation.rule.name}: ${violation.from} → ${violation.to}`)
console.log(
  `${modules.length} modules, ${summary.totalDependenciesCruised} imports, ${summary.error} violations`,
)
if (summary.error > 0 || modules.length < 100) process.exitCode = 1
