import { Button, NumberInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { WirePart, WireRow } from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import { addFiles, countStock, keepAt, partQuery } from '../../api/machine-qa/service.ts'
import { labelOf, numberOf, referenceOf, textOf } from '../../api/row-values.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { Num } from '../../ui/Num.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReferenceSelect } from '../../ui/ReferenceSelect.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { Files } from '../../ui/Talk.tsx'
import { toast, toastError } from '../../ui/toasts.ts'
import { StockState } from './PartListPage.tsx'
import classes from './service.module.css'

const CRUMBS = [
  { label: 'Machine QA', to: '/machine-qa' },
  { label: 'Parts', to: '/machine-qa/parts' },
]

/** One part: how many are where, who sells it, and what became of it. */
export function PartPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const router = useRouter()
  const client = useQueryClient()
  const mayChange = usePermission('machine-qa.part.change')
  const details = useQuery(partQuery(id))
  if (details.isError) {
    return (
      <>
        <PageHeader title={`Part ${id}`} crumbs={CRUMBS} />
        <ErrorPanel error={details.error} onRetry={() => void details.refetch()} />
      </>
    )
  }
  const { data } = details
  if (data === undefined) return <PageHeader title={`Part ${id}`} crumbs={CRUMBS} loading />
  const { part } = data
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['machine-qa'] })
  return (
    <>
      <PageHeader
        title={textOf(part.name)}
        kind="Part"
        crumbs={CRUMBS}
        status={<StockState row={part} />}
        facts={
          <FactsLine>
            <span className="ts-mono">{textOf(part.partNumber)}</span>
            <span>
              <Num value={numberOf(part.quantityCurrent)} /> in stock, at least{' '}
              <Num value={numberOf(part.quantityMin)} />
            </span>
            <span>{labelOf(part.partCategory)}</span>
            {part.cost === null ? null : <Num value={numberOf(part.cost)} digits={2} />}
          </FactsLine>
        }
        actions={
          mayChange ? (
            <Button
              variant="default"
              onClick={() => void router.navigate({ href: `/admin/machine-qa.part/${id}` })}
            >
              Edit
            </Button>
          ) : undefined
        }
      />
      <div className={classes.two}>
        <div className={classes.column}>
          <Places details={data} again={again} />
          <Movements rows={data.movements} />
        </div>
        <div className={classes.column}>
          <Panel title="Suppliers">
            {data.suppliers.length === 0 ? <p className="ts-dim">No supplier is named.</p> : null}
            <ul className={classes.list}>
              {data.suppliers.map((row) => (
                <li key={row.id}>
                  <AppLink to={`/admin/machine-qa.supplier/${referenceOf(row.supplier)?.id}`}>
                    {labelOf(row.supplier)}
                  </AppLink>{' '}
                  <span className="ts-mono ts-dim">{textOf(row.partNumber)}</span>
                </li>
              ))}
            </ul>
          </Panel>
          {textOf(part.notes) === '' ? null : (
            <Panel title="Notes">
              <p className={classes.text}>{textOf(part.notes)}</p>
            </Panel>
          )}
          <Files
            title="Pictures and files"
            files={data.attachments}
            {...(mayChange
              ? {
                  onAdd: async (files: readonly File[]) => {
                    await addFiles('parts', part.id, files)
                    await again()
                  },
                }
              : {})}
          />
        </div>
      </div>
    </>
  )
}

interface PlacesProps {
  readonly details: WirePart
  readonly again: () => Promise<void>
}

/** Where it is kept; a count is typed over the number. */
function Places({ details: { part, places }, again }: PlacesProps): ReactElement {
  const mayCount = usePermission('machine-qa.part-storage.change')
  const mayAdd = usePermission('machine-qa.part-storage.add')
  return (
    <Panel title="Stock">
      <div className={classes.column}>
        {places.length === 0 ? <p className="ts-dim">It is kept nowhere yet.</p> : null}
        {places.map((place) => (
          <Place key={`${place.id}/${place.version}`} place={place} mayCount={mayCount} again={again} />
        ))}
        {mayAdd ? <NewPlace partId={part.id} again={again} /> : null}
      </div>
    </Panel>
  )
}

function Place({
  place,
  mayCount,
  again,
}: {
  readonly place: WireRow
  readonly mayCount: boolean
  readonly again: () => Promise<void>
}): ReactElement {
  const stored = numberOf(place.quantity) ?? 0
  const [counted, setCounted] = useState<number | string>(stored)
  const store = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    try {
      await countStock(place, Number(counted))
      await again()
      toast(`${labelOf(place.storage)}: ${counted} counted.`)
    } catch (error) {
      toastError('The count was not stored', error)
    }
  }
  if (!mayCount) {
    return (
      <p>
        {labelOf(place.storage)}: <Num value={stored} />
      </p>
    )
  }
  return (
    <form className={classes.row} data-columns="2" onSubmit={(event) => void store(event)}>
      <NumberInput
        label={labelOf(place.storage)}
        min={0}
        allowDecimal={false}
        value={counted}
        onChange={setCounted}
      />
      <Button type="submit" variant="default" disabled={counted === stored || counted === ''}>
        Store count
      </Button>
    </form>
  )
}

function NewPlace({
  partId,
  again,
}: {
  readonly partId: number
  readonly again: () => Promise<void>
}): ReactElement {
  const [storage, setStorage] = useState<ReferenceOption | null>(null)
  const [quantity, setQuantity] = useState<number | string>(1)
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (storage === null) return
    try {
      await keepAt(partId, storage.id, Number(quantity))
      setStorage(null)
      await again()
    } catch (error) {
      toastError('The storage was not added', error)
    }
  }
  return (
    <form className={classes.row} data-columns="3" onSubmit={(event) => void add(event)}>
      <ReferenceSelect
        label="Keep it also in"
        target="machine-qa.storage"
        value={storage}
        onChange={setStorage}
      />
      <NumberInput label="Quantity" min={0} allowDecimal={false} value={quantity} onChange={setQuantity} />
      <Button type="submit" variant="default" disabled={storage === null}>
        Add storage
      </Button>
    </form>
  )
}

const KINDS: Readonly<Record<string, string>> = { used: 'Used', returned: 'Returned', counted: 'Counted' }

function Movements({ rows }: { readonly rows: WirePart['movements'] }): ReactElement {
  return (
    <Panel title="What became of it" padding="flush">
      <div className={classes.scroller}>
        <table className={classes.table} aria-label="Stock movements">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col" className={classes.end}>
                Change
              </th>
              <th scope="col" className={classes.end}>
                Left
              </th>
              <th scope="col">Storage</th>
              <th scope="col">Event</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <RelativeTime at={textOf(row.happened)} hint="tooltip" />
                </td>
                <td>{KINDS[textOf(row.kind)] ?? textOf(row.kind)}</td>
                <td className={classes.end}>
                  <Num value={numberOf(row.change)} signed />
                </td>
                <td className={classes.end}>
                  <Num value={numberOf(row.left)} />
                </td>
                <td>{labelOf(row.storage)}</td>
                <td>
                  {row.serviceEvent === null ? (
                    '–'
                  ) : (
                    <AppLink to={`/machine-qa/service/${referenceOf(row.serviceEvent)?.id}`}>
                      {referenceOf(row.serviceEvent)?.id}
                    </AppLink>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
