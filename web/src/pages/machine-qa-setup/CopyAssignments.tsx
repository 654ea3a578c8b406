import { Button, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { copyAssignments } from '../../api/machine-qa/configuration.ts'
import { ReferencesSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { toast } from '../../ui/toasts.ts'
import { CopyAssignmentsPreview } from './CopyAssignmentsPreview.tsx'

export interface CopyAssignmentsProps {
  readonly assignmentIds: readonly number[]
}

/** Gives other units the same work: list or cycle, frequency and groups. */
export function CopyAssignments({ assignmentIds }: CopyAssignmentsProps): ReactElement {
  const [units, setUnits] = useState<readonly ReferenceOption[]>([])
  const [isMissing, setMissing] = useState(false)
  const client = useQueryClient()
  const copy = useMutation({
    mutationFn: () => copyAssignments({ assignmentIds, unitIds: units.map(({ id }) => id) }),
    onSuccess: async ({ made, existing }) => {
      await client.invalidateQueries({ queryKey: ['list', 'machine-qa.assignment'] })
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      setUnits([])
      toast(outcomeOf(made, existing), made > 0 ? 'ok' : 'none')
    },
  })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(units.length === 0)
    if (units.length > 0) copy.mutate()
  }
  const count = assignmentIds.length
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap={16} maw={680} align="flex-start">
        <ReferencesSelect
          target="machine-qa.unit"
          label="Copy to units"
          description="With the same frequency and for the same groups. What a unit already has stays as it is."
          value={units}
          onChange={(chosen) => {
            setUnits(chosen)
            setMissing(false)
          }}
          error={isMissing ? 'Choose at least one unit.' : copy.error?.message}
        />
        <CopyAssignmentsPreview assignmentIds={assignmentIds} units={units} />
        <Button type="submit" loading={copy.isPending} disabled={count === 0}>
          {count === 1 ? 'Copy assignment' : `Copy ${count} assignments`}
        </Button>
      </Stack>
    </form>
  )
}

function outcomeOf(made: number, existing: number): string {
  const madeText = made === 1 ? '1 assignment made' : `${made} assignments made`
  return existing === 0 ? `${madeText}.` : `${madeText}, ${existing} existed already.`
}
