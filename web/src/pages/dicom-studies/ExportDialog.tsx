import { Button, Checkbox, Group, Modal, Skeleton, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { WireStudyDetails } from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { deidentificationQuery, deidentify } from '../../api/dicom/studies.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { ExportReport } from './ExportReport.tsx'
import classes from './studies.module.css'

export interface ExportDialogProps {
  readonly study: WireStudyDetails
  readonly onClose: () => void
}

/** A copy of a study without identity: what may stay, a warning about pictures, then the report of what was changed. */
export function ExportDialog({ study, onClose }: ExportDialogProps): ReactElement {
  const known = useQuery(deidentificationQuery)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [isConfirmed, setConfirmed] = useState(false)
  const make = useMutation({
    mutationFn: () =>
      deidentify(study.studyUid, { options: chosen, pixels: isConfirmed ? 'confirmed' : 'refuse-risky' }),
    onSuccess: ({ archive }) => saveFile('deidentified.zip', archive),
  })
  const pixelProblem = problemOfPixels(make.error)
  const excluded = new Set(
    (known.data?.options ?? [])
      .filter(({ name }) => chosen.includes(name))
      .flatMap(({ excludes }) => excludes),
  )
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    make.mutate()
  }
  if (make.data !== undefined) {
    return (
      <Modal opened onClose={onClose} title="Exported without identity" size={720}>
        <ExportReport report={make.data.report}>
          <Button variant="default" onClick={() => saveFile('deidentified.zip', make.data.archive)}>
            Download again
          </Button>
          <Button onClick={onClose}>Close</Button>
        </ExportReport>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title="Export without identity" size={640}>
      <form onSubmit={onSubmit}>
        <Stack gap={16}>
          <p className={classes.note}>
            The Basic Application Level Confidentiality Profile removes or replaces everything that tells who
            the patient is. UIDs are replaced alike throughout the study. Choose what may stay, or what is
            cleaned besides.
          </p>
          {known.isError ? <ErrorPanel error={known.error} onRetry={() => void known.refetch()} /> : null}
          {known.isPending ? <Skeleton height={280} /> : null}
          <Checkbox.Group value={[...chosen]} onChange={setChosen} label="Options">
            <div className={classes.options}>
              {known.data?.options.map(({ name, meaning, help }) => (
                <Checkbox
                  key={name}
                  value={name}
                  label={meaning}
                  description={help}
                  disabled={excluded.has(name)}
                />
              ))}
            </div>
          </Checkbox.Group>
          {pixelProblem === undefined ? null : (
            <div className={classes.risk} role="alert">
              <Banner token="warn">{pixelProblem}</Banner>
              <Checkbox
                checked={isConfirmed}
                onChange={(event) => setConfirmed(event.currentTarget.checked)}
                label="I looked at all pictures: none shows who the patient is"
              />
            </div>
          )}
          {make.isError && pixelProblem === undefined ? <ErrorPanel error={make.error} /> : null}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={make.isPending}
              disabled={pixelProblem !== undefined && !isConfirmed}
            >
              Export study
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function problemOfPixels(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  return error.problems.find(({ field }) => field === 'pixels')?.problem
}
