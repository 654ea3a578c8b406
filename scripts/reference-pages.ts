import type { Command } from '../src/cli/command.ts'
import { allCommands } from '../src/cli/run-command.ts'
import type { Field, RecordType } from '../src/core/record.ts'
import { DECLARED_ACCESS } from '../src/declared-access.ts'
import { permissionsOfRoles } from '../src/modules/access/domain/role-group.ts'
import { SETTINGS, type Setting } from '../src/settings.ts'
import { RECORDS } from '../src/site.ts'

/** The pages of `docs/reference/` as the declarations say today, by file name. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['settings.md', settingsPage()],
    ['command-line.md', commandLinePage(await allCommands())],
    ['permissions.md', permissionsPage()],
    ['records.md', recordsPage()],
  ])
}

const NOTE = '<!-- Written by `node scripts/generate-docs.ts`; change the declarations, not this page. -->'

function page(title: string, ...parts: readonly string[]): string {
  return `${[`# ${title}`, NOTE, ...parts].join('\n\n')}\n`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``
}

function settingsPage(): string {
  const rows = Object.values<Setting>(SETTINGS).map((setting) => [
    code(setting.name),
    kindOf(setting),
    code(setting.default ?? ''),
    setting.help,
  ])
  return page(
    'Settings',
    [
      'Settings come from the environment, or from `touchstone.json` in the data folder:',
      'an object whose names are those below. The command line wins over the environment, the environment over the',
      'file. A secret is masked wherever settings are shown; `touchstone doctor` prints those in force.',
    ].join('\n'),
    table(['setting', 'kind', 'default', 'what it does'], rows),
  )
}

function kindOf({ kind, min, max }: Setting): string {
  if (kind === 'list') return 'list, with commas'
  if (kind === 'boolean') return '`true` or `false`'
  if (kind !== 'integer') return kind
  return `whole number from ${min ?? 0}${max === undefined ? '' : ` to ${max}`}`
}

function commandLinePage(commands: readonly Command[]): string {
  const parts = commands.map(({ name, usage, help, options }) => {
    const named = Object.keys(options ?? {}).map((option) => `\`--${option}\``)
    return [
      `## ${name}`,
      `\`\`\`sh\ntouchstone ${usage}\n\`\`\``,
      `${help.charAt(0).toUpperCase()}${help.slice(1)}.${named.length > 0 ? ` Options: ${named.join(', ')}.` : ''}`,
    ].join('\n\n')
  })
  return page(
    'Command line',
    [
      'Inside the repository: `npx touchstone COMMAND`, or `node src/main.ts COMMAND` with Node 24.',
      'Every command takes `--data DIR`; what `--host` and `--port` say matters to `serve` only.',
      '',
      'Exit codes: 0 done, 1 failed or found something, 2 used wrongly. With `--json` a command prints one JSON',
      'document on standard output; progress and problems go to standard error.',
    ].join('\n'),
    ...parts,
  )
}

function permissionsPage(): string {
  const { permissions, groups, grants } = DECLARED_ACCESS
  const declared = new Set(permissions.map(({ code: each }) => each))
  const permitted = permissionsOfRoles(groups, grants, declared)
  const byModule = Map.groupBy(permissions, ({ module }) => module)
  const roles = groups.map(({ name, description, foreignRoles }) => [
    name,
    description,
    foreignRoles.join(', '),
  ])
  return page(
    'Permissions',
    'Permissions are granted through groups. An administrator holds all of them.',
    '## Ready-made groups',
    [
      'Made once, at the first start after their part of the product arrived; from then on they are the',
      "administrator's to change. The third column says which role of a replaced system a group stands for;",
      'QATrack+’s superuser and Bika’s Manager are administrators.',
    ].join('\n'),
    table(['group', 'for', 'stands for'], roles),
    '## What ready-made groups permit',
    ...groups.flatMap(({ key, name }) => permittedPart(name, permitted.get(key) ?? new Set())),
    '## All permissions',
    ...[...byModule].map(
      ([module, members]) =>
        `### ${module}\n\n${table(
          ['permission', 'what it permits'],
          members.map((each) => [code(each.code), each.title]),
        )}`,
    ),
  )
}

/** By part of the product, since the names of a part begin alike. */
function permittedPart(name: string, permitted: ReadonlySet<string>): string[] {
  if (permitted.size === 0) return []
  const byModule = Map.groupBy([...permitted].sort(), (each) => each.slice(0, each.indexOf('.')))
  const lines = [...byModule].map(
    ([module, members]) =>
      `- ${module}: ${members.map((each) => code(each.slice(module.length + 1))).join(', ')}`,
  )
  return [`### ${name}`, lines.join('\n')]
}

function recordsPage(): string {
  const byModule = Map.groupBy(RECORDS, ({ module }) => module)
  return page(
    'Records',
    [
      'What is declared once: its fields, its endpoints below `/api/v1`, and its screens in administration. Every',
      'record also has `id` and `version`; a change names the version that was read. “Set by the server” marks fields',
      'that no request may set.',
    ].join('\n'),
    ...[...byModule].flatMap(([module, records]) => [`## ${module}`, ...records.map(recordPart)]),
  )
}

function recordPart(record: RecordType): string {
  const { name, label, description, module, path, permissions, writer, retirable } = record
  const rights =
    writer === 'generic'
      ? `Seen with \`${permissions.view}\`, added with \`${permissions.add}\`, changed with \`${permissions.change}\`, ${
          retirable ? 'retired or deleted' : 'deleted'
        } with \`${permissions.retire}\`.`
      : `Seen with \`${permissions.view}\`; written by actions of its own.`
  const fields = Object.entries(record.fields).filter(([, { kind }]) => kind !== 'inverse')
  const unique = record.unique.map((names) => names.map(code).join(' and ')).join('; ')
  return [
    `### ${label.many}`,
    `\`${name}\` at \`/api/v1/${module}/${path}\`. ${description ?? ''}`.trim(),
    rights,
    ...(unique === '' ? [] : [`Unique together: ${unique}.`]),
    table(
      ['field', 'kind', 'rules', 'meaning'],
      fields.map(([field, declared]) => [
        code(field),
        fieldKind(declared),
        fieldRules(declared),
        [declared.label, declared.help].filter(Boolean).join('. '),
      ]),
    ),
  ].join('\n\n')
}

function fieldKind({ kind, target, choices, unit }: Field): string {
  if (kind === 'reference') return `one \`${target}\``
  if (kind === 'references') return `several \`${target}\``
  if (kind === 'choice') return (choices ?? []).map(({ value }) => code(value)).join(', ')
  return unit === undefined ? kind : `${kind}, ${unit}`
}

function fieldRules(field: Field): string {
  const { required, unique, readOnly, maxLength, min, max, default: standard } = field
  return [
    readOnly ? 'set by the server' : '',
    required ? 'required' : '',
    unique ? 'unique' : '',
    maxLength === undefined || maxLength > 100_000 ? '' : `${maxLength} characters at most`,
    min === undefined ? '' : `${min} or more`,
    max === undefined ? '' : `${max} or less`,
    standard === undefined || standard === null || standard === '' || Array.isArray(standard)
      ? ''
      : `default ${code(String(typeof standard === 'object' ? JSON.stringify(standard) : standard))}`,
  ]
    .filter((rule) => rule !== '')
    .join(', ')
}
