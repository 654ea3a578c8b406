import { Button, Group, Modal, Select, Stack, TagsInput, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { qaRecordQuery, qaRecordsQuery } from '../../api/machine-qa/configuration.ts'
import { reportFault } from '../../api/machine-qa/service.ts'
import { referencesOf, textOf } from '../../api/row-values.ts'
import { toast } from '../../ui/toasts.ts'

interface Named {
  readonly id: number
  readonly name: string
}

export type ReportFaultProps = {
  readonly onClose: () => void
} & (
  | { readonly unit: Named; readonly units?: undefined }
  | { readonly unit?: undefined; readonly units: readonly Named[] }
)

/** What the machine shows and a word about it: few fields, all by keyboard, the time is now. */
export function ReportFault({ unit, units, onClose }: ReportFaultProps): ReactElement {
  const client = useQueryClient()
  const [unitId, setUnitId] = useState(unit === undefined ? null : String(unit.id))
  const [codes, setCodes] = useState<string[]>([])
  const [typed, setTyped] = useState('')
  const [modality, setModality] = useState<string | null>(null)
  const [comment, setComment] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [asked] = useDebouncedValue(typed.trim(), 150)
  const known = useQuery({
    ...qaRecordsQuery('fault-types', { order: 'code', limit: 30, ...(asked === '' ? {} : { q: asked }) }),
    placeholderData: keepPreviousData,
  })
  const chosenUnit = useQuery({ ...qaRecordQuery('units', unitId ?? ''), enabled: unitId !== null })
  const modalities = referencesOf(chosenUnit.data?.modalities)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    // a code that was typed and not confirmed is meant all the same
    const all = [...new Set([...codes, typed.trim()].filter(Boolean))]
    if (unitId === null) return setProblem('Choose the unit.')
    if (all.length === 0) return setProblem('Say what the machine shows.')
    setBusy(true)
    setProblem(undefined)
    try {
      const { id } = await reportFault({
        unitId: Number(unitId),
        codes: all,
        ...(modality === null ? {} : { modalityId: Number(modality) }),
        ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      })
      await Promise.all([
        client.invalidateQueries({ queryKey: ['list'] }),
        client.invalidateQueries({ queryKey: ['machine-qa', 'service-counts'] }),
      ])
      toast(`Fault ${id} reported.`)
      onClose()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={unit === undefined ? 'Report a fault' : `Report a fault of ${unit.name}`}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap={16}>
          {units === undefined ? null : (
            <Select
              label="Unit"
              data={units.map(({ id, name }) => ({ value: String(id), label: name }))}
              value={unitId}
              onChange={(chosen) => {
                setUnitId(chosen)
                setModality(null)
              }}
              searchable
              data-autofocus
            />
          )}
          <TagsInput
            label="What the machine shows"
            description="Codes or words; Enter takes each"
            data={(known.data?.items ?? []).map((row) => textOf(row.code))}
            value={codes}
            onChange={setCodes}
            searchValue={typed}
            onSearchChange={setTyped}
            error={problem}
            {...(unit === undefined ? {} : { 'data-autofocus': true })}
          />
          {modalities.length === 0 ? null : (
            <Select
              label="Modality (optional)"
              data={modalities.map(({ id, label }) => ({ value: String(id), label }))}
              value={modality}
              onChange={setModality}
              clearable
            />
          )}
          <Textarea
            label="Comment (optional)"
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            autosize
            minRows={2}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy}>
              Report fault
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
