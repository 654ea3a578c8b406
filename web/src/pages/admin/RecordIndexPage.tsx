import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { metaQuery, type RecordMeta } from '../../api/record-meta.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import classes from './RecordIndexPage.module.css'
import { listPath } from './record-admin.ts'

/** Every kind of record the reader may see, by module. */
export function RecordIndexPage(): ReactElement {
  const { data } = useSuspenseQuery(metaQuery)
  const [text, setText] = useState('')
  const maySeeJobs = usePermission('jobs.job.view')
  const mayImportTests = usePermission('machine-qa.test.add')
  const wanted = text.trim().toLocaleLowerCase()
  const matching = data.records.filter((meta) => meta.label.many.toLocaleLowerCase().includes(wanted))
  const groups = Map.groupBy(matching, ({ name }) => name.slice(0, name.indexOf('.')))
  const labels = new Map(data.modules?.map((module) => [module.name, module.label]))
  return (
    <>
      <PageHeader
        title="Administration"
        facts="Machines, tests, people and everything else that is set up once and used every day."
        actions={
          <TextInput
            type="search"
            aria-label="Find a kind of record"
            placeholder="Find a kind of record"
            leftSection={<IconSearch size={16} stroke={1.7} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        }
      />
      {matching.length === 0 ? (
        <EmptyNote>
          {wanted === ''
            ? 'Your groups do not let you see any records. An administrator can change that.'
            : `No kind of record is called “${text.trim()}”.`}
        </EmptyNote>
      ) : null}
      {[...groups].map(([module, records]) => (
        <section key={module} className={classes.module}>
          <h2 className={classes.heading}>{labels.get(module) ?? moduleLabel(module)}</h2>
          <ul className={classes.records}>
            {records.toSorted(byLabel).map((meta) => (
              <li key={meta.name}>
                <AppLink to={listPath(meta)} className={classes.record}>
                  <span className={classes.name}>{meta.label.many}</span>
                  {meta.description === undefined ? null : (
                    <span className={classes.description}>{meta.description}</span>
                  )}
                </AppLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {mayImportTests && wanted === '' ? (
        <section className={classes.module}>
          <h2 className={classes.heading}>Exchange</h2>
          <ul className={classes.records}>
            <li>
              <AppLink to="/machine-qa/test-packs" className={classes.record}>
                <span className={classes.name}>Test packs</span>
                <span className={classes.description}>
                  Tests, lists and cycles of other sites, and yours for them.
                </span>
              </AppLink>
            </li>
          </ul>
        </section>
      ) : null}
      {maySeeJobs && wanted === '' ? (
        <section className={classes.module}>
          <h2 className={classes.heading}>Operation</h2>
          <ul className={classes.records}>
            <li>
              <AppLink to="/admin/jobs" className={classes.record}>
                <span className={classes.name}>Background jobs</span>
                <span className={classes.description}>What runs by itself, and how it went.</span>
              </AppLink>
            </li>
          </ul>
        </section>
      ) : null}
    </>
  )
}

function byLabel(one: RecordMeta, other: RecordMeta): number {
  return one.label.many.localeCompare(other.label.many)
}

const WORDS: Readonly<Record<string, string>> = { qa: 'QA', lims: 'LIMS', dicom: 'DICOM' }

/** `machine-qa` → `Machine QA`, where the server names no better word. */
function moduleLabel(module: string): string {
  const words = module.split('-').map((word) => WORDS[word] ?? word)
  const label = words.join(' ')
  return label.charAt(0).toUpperCase() + label.slice(1)
}
