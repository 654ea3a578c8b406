import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useRef, useState } from 'react'
import { findByCode, useMove } from '../../api/lims/samples.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { LimsSections } from './LimsSections.tsx'
import classes from './lims.module.css'

interface Scanned {
  readonly key: number
  readonly code: string
  /** Page of what was found. */
  readonly to?: string
  readonly problem?: string
}

/** Receives samples one after the other: a scanner types the identifier and Enter. */
export function ReceivePage(): ReactElement {
  const move = useMove()
  const field = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [scanned, setScanned] = useState<readonly Scanned[]>([])
  const receive = async (text: string): Promise<Omit<Scanned, 'key'>> => {
    const found = await findByCode(text)
    if (found === null) return { code: text, problem: 'Nothing has this identifier.' }
    if (found.kind !== 'sample') return { code: found.objectId, problem: `This is a ${found.kind}.` }
    const to = `/lims/samples/${found.id}`
    try {
      await move.mutateAsync({ objects: [{ record: 'request', id: found.id }], action: 'receive' })
      return { code: found.objectId, to }
    } catch (error) {
      return { code: found.objectId, to, problem: messageOf(error) }
    }
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    const text = code.trim()
    if (text === '') return
    // the next one can be scanned while this one is being received
    setCode('')
    field.current?.focus()
    void receive(text)
      .catch((error: unknown) => ({ code: text, problem: messageOf(error) }))
      .then((line) => setScanned((before) => [{ ...line, key: before.length }, ...before]))
  }
  return (
    <>
      <LimsSections />
      <PageHeader
        title="Receive samples"
        crumbs={[{ label: 'Laboratory', to: '/lims' }]}
        facts="Scan or type the identifier of a sample. Each one is received at once."
      />
      <form className={classes.scan} onSubmit={onSubmit}>
        <TextInput
          ref={field}
          label="Identifier"
          autoFocus
          autoComplete="off"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit">Receive sample</Button>
      </form>
      <Panel title="Received now">
        {scanned.length === 0 ? (
          <EmptyNote>Nothing was scanned yet.</EmptyNote>
        ) : (
          <ol className={classes.scanned} aria-live="polite">
            {scanned.map((line) => (
              <li key={line.key}>
                <StatusChip token={line.problem === undefined ? 'ok' : 'act'}>
                  {line.problem === undefined ? 'Received' : 'Not received'}
                </StatusChip>
                {line.to === undefined ? (
                  <span className="ts-mono">{line.code}</span>
                ) : (
                  <AppLink to={line.to}>{line.code}</AppLink>
                )}
                {line.problem === undefined ? null : <span>{line.problem}</span>}
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </>
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
