import { randomUUID } from 'node:crypto'
import type { Context } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { applyChanges, type ItemChange, withAttributes } from './apply-changes.ts'
import { texts, textValue } from './attribute-values.ts'
import { requireEditor } from './author.ts'
import { canonical } from './domain/next-measurement.ts'
import { pythonText } from './domain/python-text.ts'
import { type Attributes, objectOf, textOf, textsOf } from './domain/report-tree.ts'
import { nameOf } from './item-names.ts'
import { atPlace, idsOf, type Place } from './place.ts'
import type { Quality } from './quality.ts'
import { CREDENTIAL_MASK, openValue, sealValue, TRACKER_SECRETS } from './sealed-parameters.ts'
import { findItemsOfReports, type StoredItem } from './store/items.ts'
import { noSuch } from './visible-reports.ts'

async function atReport<T>(
  ctx: Context,
  quality: Quality,
  reportId: string,
  run: (
    tx: Context,
    place: Place,
    change: (text: string, changes: readonly ItemChange[]) => Promise<void>,
  ) => Promise<T>,
): Promise<T> {
  await requireEditor(ctx, quality, 'edit_reports')
  return atPlace(ctx, 'report', reportId, (tx, place) =>
    run(tx, place, async (text, changes) => {
      const around = [...idsOf(place), ...changes.flatMap(({ before }) => before?.parentId ?? [])]
      await applyChanges(
        tx,
        quality,
        {
          action: 'change-report',
          itemId: reportId,
          text,
          around,
          after: { text: text.trim() },
          reportIds: [reportId],
        },
        changes,
      )
    }),
  )
}

const TRACKER_ATTRIBUTES: readonly string[] = [
  ...['type', 'url', 'username', 'password', 'private_token', 'api_version', 'project_key', 'issue_type'],
  ...['issue_labels', 'epic_link'],
]

/** Changes one attribute of the issue tracker of a report. @returns the tracker as it is now, its secrets opened */
export async function changeIssueTracker(
  ctx: Context,
  quality: Quality,
  {
    reportId,
    attribute,
    value,
  }: { readonly reportId: string; readonly attribute: string; readonly value: unknown },
): Promise<{ readonly type: string; readonly parameters: Attributes }> {
  if (!TRACKER_ATTRIBUTES.includes(attribute))
    throw invalidInput(attribute, `There is no attribute ${attribute} that can be changed.`)
  const checked =
    attribute === 'issue_labels' ? texts(attribute, value ?? []) : textValue(attribute, value ?? '')
  return atReport(ctx, quality, reportId, async (_tx, { report }, change) => {
    const tracker = objectOf(report.attributes.issue_tracker)
    const parameters = objectOf(tracker.parameters)
    const isSecret = TRACKER_SECRETS.includes(attribute)
    const old = attribute === 'type' ? tracker.type : openValue(quality.access.keys, parameters[attribute])
    if (checked === CREDENTIAL_MASK || canonical(old ?? '') === canonical(checked))
      return openedTracker(quality, tracker)
    const stored = isSecret ? sealValue(quality.access.keys, checked) : checked
    const issue_tracker =
      attribute === 'type'
        ? { ...tracker, type: checked, parameters }
        : { type: 'jira', ...tracker, parameters: { ...parameters, [attribute]: stored } }
    const shown = (each: unknown) =>
      isSecret ? '*'.repeat(pythonText(each ?? '').length) : pythonText(each ?? '')
    await change(
      ` changed the ${attribute} of the issue tracker of report '${nameOf(report)}' from '${shown(old)}' to '${shown(checked)}'.`,
      [withAttributes(report, { issue_tracker })],
    )
    return openedTracker(quality, issue_tracker)
  })
}

function openedTracker(
  { access }: Quality,
  tracker: Attributes,
): { readonly type: string; readonly parameters: Attributes } {
  const parameters = Object.entries(objectOf(tracker.parameters)).map(([key, value]) => [
    key,
    openValue(access.keys, value),
  ])
  return { type: textOf(tracker, 'type') ?? '', parameters: Object.fromEntries(parameters) }
}

/** Removes a tag from all metrics of a report, or gives it another name. @returns whether any metric had it */
export async function changeTag(
  ctx: Context,
  quality: Quality,
  { reportId, tag, renamed }: { readonly reportId: string; readonly tag: string; readonly renamed?: string },
): Promise<{ readonly hasFound: boolean; readonly title: string }> {
  const name = renamed === undefined ? undefined : textValue('tag', renamed).trim()
  if (name === '') throw invalidInput('tag', 'This is required.')
  return atReport(ctx, quality, reportId, async (tx, { report }, change) => {
    const title = nameOf(report)
    const items = await findItemsOfReports(tx.db, [reportId])
    const tagged = items.filter(
      (item) => item.kind === 'metric' && textsOf(item.attributes, 'tags').includes(tag),
    )
    if (tagged.length === 0) return { hasFound: false, title }
    const text =
      name === undefined
        ? ` deleted tag '${tag}' from all metrics in report '${title}'.`
        : ` renamed tag '${tag}' to '${name}' for all metrics in report '${title}'.`
    await change(
      text,
      tagged.map((item) => withAttributes(item, { tags: withoutTag(item, tag, name) })),
    )
    return { hasFound: true, title }
  })
}

function withoutTag({ attributes }: StoredItem, tag: string, renamed: string | undefined): readonly string[] {
  const rest = textsOf(attributes, 'tags').filter((each) => each !== tag)
  return renamed === undefined || rest.includes(renamed) ? rest : [...rest, renamed]
}

/** Adds a place that is told of changes. @returns its id */
export async function makeDestination(
  ctx: Context,
  quality: Quality,
  reportId: string,
  reportUrl: string,
): Promise<string> {
  const report_url = textValue('report_url', reportUrl)
  return atReport(ctx, quality, reportId, async (_tx, { report }, change) => {
    const id = randomUUID()
    const destinations = objectOf(report.attributes.notification_destinations)
    if (Object.keys(destinations).length >= 50)
      throw invalidInput('report_url', 'A report tells 50 places at most.')
    const made = { webhook: '', name: 'Microsoft Teams webhook', sleep_duration: 0, report_url }
    await change(` created a new destination for notifications in report '${nameOf(report)}'.`, [
      withAttributes(report, { notification_destinations: { ...destinations, [id]: made } }),
    ])
    return id
  })
}

export async function deleteDestination(
  ctx: Context,
  quality: Quality,
  reportId: string,
  id: string,
): Promise<void> {
  await atReport(ctx, quality, reportId, async (_tx, { report }, change) => {
    const { [id]: gone, ...rest } = objectOf(report.attributes.notification_destinations)
    if (gone === undefined) throw noSuch('destination', id)
    await change(
      ` deleted destination ${textOf(objectOf(gone), 'name') ?? ''} from report '${nameOf(report)}'.`,
      [withAttributes(report, { notification_destinations: rest })],
    )
  })
}

const DESTINATION_ATTRIBUTES = ['name', 'webhook', 'report_url', 'sleep_duration', 'format'] as const

export async function changeDestination(
  ctx: Context,
  quality: Quality,
  edit: {
    readonly reportId: string
    readonly id: string
    readonly attributes: Readonly<Record<string, unknown>>
  },
): Promise<void> {
  const given = DESTINATION_ATTRIBUTES.flatMap((name) =>
    Object.hasOwn(edit.attributes, name)
      ? [
          [
            name,
            name === 'sleep_duration'
              ? Number(edit.attributes[name]) || 0
              : textValue(name, edit.attributes[name]),
          ] as const,
        ]
      : [],
  )
  if (given.length === 0) throw invalidInput('', `Give one of ${DESTINATION_ATTRIBUTES.join(', ')}.`)
  await atReport(ctx, quality, edit.reportId, async (_tx, { report }, change) => {
    const destinations = objectOf(report.attributes.notification_destinations)
    if (!Object.hasOwn(destinations, edit.id)) throw noSuch('destination', edit.id)
    const old = objectOf(destinations[edit.id])
    const changes = given.filter(([name, value]) => canonical(old[name] ?? '') !== canonical(value))
    if (changes.length === 0) return
    const quoted = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(' and ')
    await change(
      ` changed the ${quoted(changes.map(([name]) => name))} of notification destination '${textOf(old, 'name') ?? ''}' in report '${nameOf(report)}' from ${quoted(
        changes.map(([name]) => pythonText(old[name] ?? '')),
      )} to ${quoted(changes.map(([, value]) => pythonText(value)))}.`,
      [
        withAttributes(report, {
          notification_destinations: {
            ...destinations,
            [edit.id]: { ...old, ...Object.fromEntries(changes) },
          },
        }),
      ],
    )
  })
}
