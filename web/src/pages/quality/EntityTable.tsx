import { Checkbox } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { WireEntity } from '../../../../src/dialects/native/quality/report.schema.ts'
import { formatDay } from '../../ui/site-time.ts'
import type { SourceEntities } from './EntitiesTab.tsx'
import { JUDGEMENTS } from './judgements.ts'
import classes from './quality.module.css'

export interface EntityTableProps {
  readonly found: SourceEntities
  /** those of which any entity has something */
  readonly columns: SourceEntities['columns']
  readonly entities: readonly WireEntity[]
  /** what the search leaves, also what is not drawn yet */
  readonly all: readonly WireEntity[]
  readonly mayJudge: boolean
  readonly picked: ReadonlySet<string>
  readonly onPick: (keys: ReadonlySet<string>) => void
}

/** Entities with what people say about them. */
export function EntityTable(props: EntityTableProps): ReactElement {
  const { found, columns, all, mayJudge, picked, onPick } = props
  const [order, setOrder] = useState('')
  const entities = order === '' ? props.entities : props.entities.toSorted(byAttribute(order))
  const toggle = (key: string): void => {
    const next = new Set(picked)
    if (!next.delete(key)) next.add(key)
    onPick(next)
  }
  const isAll = all.length > 0 && all.every(({ key }) => picked.has(key))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section className={classes.entities} tabIndex={0} aria-label={found.entityNamePlural}>
      <table className={classes.table}>
        <thead>
          <tr>
            {mayJudge ? (
              <th scope="col">
                <Checkbox
                  aria-label={`Select all ${found.entityNamePlural}`}
                  checked={isAll}
                  onChange={() => onPick(new Set(isAll ? [] : all.map(({ key }) => key)))}
                />
              </th>
            ) : null}
            {columns.map(({ key, name }) => (
              <th key={key} scope="col" aria-sort={order === key ? 'ascending' : undefined}>
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => setOrder(order === key ? '' : key)}
                >
                  {name}
                  {order === key ? ' ↑' : ''}
                </button>
              </th>
            ))}
            <th scope="col">Said about it</th>
            <th scope="col">Rationale</th>
          </tr>
        </thead>
        <tbody>
          {entities.map((entity) => (
            <tr key={entity.key} className={classes.row} data-ignored={entity.isIgnored}>
              {mayJudge ? (
                <td>
                  <Checkbox
                    aria-label={`Select ${Object.values(entity.attributes)[0] ?? entity.key}`}
                    checked={picked.has(entity.key)}
                    onChange={() => toggle(entity.key)}
                  />
                </td>
              ) : null}
              {columns.map(({ key, url }) => (
                <td key={key}>
                  <Linked
                    text={entity.attributes[key] ?? ''}
                    to={url === null ? undefined : entity.attributes[url]}
                  />
                </td>
              ))}
              <td>
                {JUDGEMENTS[entity.status].label}
                {entity.statusEndDate === null ? null : (
                  <span className={classes.below}>until {formatDay(entity.statusEndDate.slice(0, 10))}</span>
                )}
              </td>
              <td>{entity.rationale}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function byAttribute(name: string): (a: WireEntity, b: WireEntity) => number {
  return (a, b) =>
    (a.attributes[name] ?? '').localeCompare(b.attributes[name] ?? '', undefined, { numeric: true })
}

/** Text that leads to where it comes from, where that is a page. */
function Linked({ text, to }: { readonly text: string; readonly to: string | undefined }): ReactNode {
  return to !== undefined && /^(https?:\/\/|\/)/.test(to) ? <a href={to}>{text}</a> : text
}
