import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { metaQuery } from '../../api/record-meta.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { LimsSections } from './LimsSections.tsx'
import classes from './lims.module.css'

/** Which records of the laboratory are set up where; what is in none stands under the last heading. */
const GROUPS: readonly { readonly title: string; readonly records: readonly string[] }[] = [
  { title: 'Clients', records: ['client', 'contact', 'batch', 'sub-group', 'priority'] },
  {
    title: 'What is measured',
    records: ['service', 'category', 'calculation', 'method', 'profile', 'template', 'specification'],
  },
  {
    title: 'Samples',
    records: [
      'sample-type',
      'sample-point',
      'sample-matrix',
      'sample-condition',
      'sampling-deviation',
      'container',
      'container-type',
      'preservation',
      'storage-location',
    ],
  },
  {
    title: 'Worksheets and quality control',
    records: ['worksheet-template', 'reference-definition', 'reference-sample'],
  },
  {
    title: 'Instruments and suppliers',
    records: [
      'instrument',
      'instrument-type',
      'instrument-location',
      'manufacturer',
      'calibration',
      'certification',
      'validation',
      'maintenance-task',
      'supplier',
      'supplier-contact',
    ],
  },
]

/** Kept by the work itself, not by hand. */
const WORK: ReadonlySet<string> = new Set([
  'request',
  'sample',
  'partition',
  'analysis',
  'worksheet',
  'attachment',
])

const PREFIX = 'lims.'

/** Ways to everything that the laboratory is set up with. */
export function SetUpPage(): ReactElement {
  const meta = useQuery(metaQuery)
  const records = new Map(
    (meta.data?.records ?? [])
      .filter(({ name }) => name.startsWith(PREFIX) && !WORK.has(name.slice(PREFIX.length)))
      .map((record) => [record.name.slice(PREFIX.length), record]),
  )
  const grouped = new Set(GROUPS.flatMap((group) => group.records))
  const rest = [...records.keys()].filter((name) => !grouped.has(name))
  return (
    <>
      <LimsSections />
      <PageHeader
        title="Set-up"
        crumbs={[{ label: 'Laboratory', to: '/lims' }]}
        facts="What samples are registered, measured and judged with."
      />
      {meta.isError ? <ErrorPanel error={meta.error} onRetry={() => void meta.refetch()} /> : null}
      <div className={classes.stack}>
        {[...GROUPS, { title: 'The laboratory', records: rest }].map((group) => (
          <Panel key={group.title} title={group.title}>
            <ul className={classes.setUp}>
              {group.records.flatMap((name) => {
                const record = records.get(name)
                return record === undefined
                  ? []
                  : [
                      <li key={name}>
                        <AppLink to={`/admin/${record.name}`}>{record.label.many}</AppLink>
                      </li>,
                    ]
              })}
            </ul>
          </Panel>
        ))}
      </div>
    </>
  )
}
