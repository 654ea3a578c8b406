import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { WirePool, WireWorksheet } from '../../../../src/dialects/native/lims/worksheets.schema.ts'
import { poolQuery, useChangeWorksheet, type WorksheetChange } from '../../api/lims/worksheets.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ReferenceSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import classes from './lims.module.css'

type Tool = 'pool' | 'control' | 'duplicate' | 'template'

const TOOLS: readonly { readonly tool: Tool; readonly label: string }[] = [
  { tool: 'pool', label: 'Add samples' },
  { tool: 'control', label: 'Add blank or control' },
  { tool: 'duplicate', label: 'Add duplicate' },
  { tool: 'template', label: 'Apply template' },
]

/** Puts things on the positions of a worksheet. */
export function WorksheetTools({ worksheet }: { readonly worksheet: WireWorksheet }): ReactElement {
  const [open, setOpen] = useState<Tool>()
  return (
    <div className={classes.tools} data-print="hide">
      {TOOLS.map(({ tool, label }) => (
        <Button
          key={tool}
          variant="default"
          disabled={tool === 'duplicate' && !worksheet.slots.some(({ type }) => type === 'a')}
          onClick={() => setOpen(tool)}
        >
          {label}
        </Button>
      ))}
      {open === undefined ? null : (
        <ToolDialog
          key={open}
          tool={open}
          title={TOOLS.find(({ tool }) => tool === open)?.label ?? ''}
          worksheet={worksheet}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}

interface ToolDialogProps {
  readonly tool: Tool
  readonly title: string
  readonly worksheet: WireWorksheet
  readonly onClose: () => void
}

function ToolDialog({ tool, title, worksheet, onClose }: ToolDialogProps): ReactElement {
  const change = useChangeWorksheet(worksheet.id)
  const [next, setNext] = useState<WorksheetChange>()
  return (
    <Modal opened onClose={onClose} title={title} size={tool === 'pool' ? 'lg' : 'md'}>
      <Stack gap={16}>
        {tool === 'pool' ? <PoolChoice onChoose={setNext} /> : null}
        {tool === 'control' ? <ControlChoice onChoose={setNext} /> : null}
        {tool === 'duplicate' ? <DuplicateChoice worksheet={worksheet} onChoose={setNext} /> : null}
        {tool === 'template' ? <TemplateChoice onChoose={setNext} /> : null}
        {change.isError ? (
          <div role="alert" style={{ color: 'var(--ts-danger)' }}>
            {change.error.message}
          </div>
        ) : null}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={next === undefined}
            loading={change.isPending}
            onClick={() => {
              if (next !== undefined) change.mutate(next, { onSuccess: onClose })
            }}
          >
            {title}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface ChoiceProps {
  readonly onChoose: (change: WorksheetChange | undefined) => void
}

type PoolItem = WirePool['items'][number]

/** Samples that wait, with all their analyses. */
function PoolChoice({ onChoose }: ChoiceProps): ReactElement {
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 250)
  const pool = useQuery(poolQuery({ q, limit: 100 }))
  const [chosen, setChosen] = useState<ReadonlyMap<number, PoolItem>>(new Map())
  const choose = (item: PoolItem, isChosen: boolean): void => {
    const next = new Map(chosen)
    if (isChosen) next.set(item.sample.id, item)
    else next.delete(item.sample.id)
    setChosen(next)
    const analyses = [...next.values()].flatMap((each) => each.analyses.map(({ id }) => id))
    onChoose(analyses.length === 0 ? undefined : { to: 'analyses', body: { analyses } })
  }
  return (
    <>
      <TextInput
        type="search"
        label="Search what waits"
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {pool.isError ? <ErrorPanel error={pool.error} /> : null}
      {pool.data?.items.length === 0 ? <EmptyNote>No analyses wait for a worksheet.</EmptyNote> : null}
      <div className={classes.pool}>
        {pool.data?.items.map((item) => (
          <Checkbox
            key={item.sample.id}
            label={item.sample.objectId}
            description={`${item.sample.client}, ${item.sample.sampleType}: ${item.analyses
              .map(({ keyword }) => keyword)
              .join(', ')}`}
            checked={chosen.has(item.sample.id)}
            onChange={(event) => choose(item, event.currentTarget.checked)}
          />
        ))}
      </div>
    </>
  )
}

function ControlChoice({ onChoose }: ChoiceProps): ReactElement {
  const [reference, setReference] = useState<ReferenceOption | null>(null)
  return (
    <ReferenceSelect
      target="lims.reference-sample"
      label="Reference sample"
      description="Goes to the next free position, with the services of this worksheet that it has values for"
      value={reference}
      onChange={(next) => {
        setReference(next)
        onChoose(next === null ? undefined : { to: 'controls', body: { referenceSample: next.id } })
      }}
    />
  )
}

function DuplicateChoice({
  worksheet,
  onChoose,
}: ChoiceProps & { readonly worksheet: WireWorksheet }): ReactElement {
  const [of, setOf] = useState('')
  return (
    <NativeSelect
      label="Position to repeat"
      value={of}
      data={[
        { value: '', label: 'Choose a position' },
        ...worksheet.slots
          .filter(({ type }) => type === 'a')
          .map(({ position, label }) => ({ value: String(position), label: `${position}: ${label}` })),
      ]}
      onChange={(event) => {
        const { value } = event.currentTarget
        setOf(value)
        onChoose(value === '' ? undefined : { to: 'duplicates', body: { of: Number(value) } })
      }}
    />
  )
}

function TemplateChoice({ onChoose }: ChoiceProps): ReactElement {
  const [template, setTemplate] = useState<ReferenceOption | null>(null)
  return (
    <ReferenceSelect
      target="lims.worksheet-template"
      label="Template"
      description="Fills free positions with samples that wait, and with its controls"
      value={template}
      onChange={(next) => {
        setTemplate(next)
        onChoose(next === null ? undefined : { to: 'template', body: { template: next.id } })
      }}
    />
  )
}
