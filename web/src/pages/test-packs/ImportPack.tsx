import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { importPack, type PackChoices, type PackImport, previewPack } from '../../api/test-packs.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { toast } from '../../ui/toasts.ts'
import { PackItems } from './PackItems.tsx'
import classes from './test-packs.module.css'

const LARGEST_BYTES = 32 * 2 ** 20

type Conflicts = PackChoices['conflicts']

/** A pack of another site: what it would make is shown and decided before anything is made. */
export function ImportPack(): ReactElement {
  const [files, setFiles] = useState<readonly File[]>([])
  const [conflicts, setConflicts] = useState<Conflicts>({})
  const [done, setDone] = useState<PackImport>()
  const [file] = files
  const text = useQuery({
    queryKey: ['test-pack', 'file', file?.name, file?.size, file?.lastModified],
    queryFn: () => file?.text() ?? '',
    enabled: file !== undefined,
    gcTime: 0,
  })
  const preview = useQuery({
    queryKey: ['test-pack', 'preview', file?.name, file?.lastModified, conflicts],
    queryFn: () => previewPack({ file: text.data ?? '', conflicts }),
    enabled: text.data !== undefined,
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
  })
  const client = useQueryClient()
  const bring = useMutation({
    mutationFn: () => importPack({ file: text.data ?? '', conflicts }),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['list'] })
      setDone(made)
      toast('Test pack imported.')
    },
  })
  if (done !== undefined) return <Imported done={done} onAgain={() => setDone(undefined)} />
  const problem = bring.error ?? preview.error
  return (
    <>
      <div className={classes.form}>
        <FileDrop
          label="Test pack"
          files={files}
          accept=".tpk,.json"
          maxBytes={LARGEST_BYTES}
          onChange={(chosen) => {
            setFiles(chosen)
            setConflicts({})
            bring.reset()
          }}
        />
      </div>
      {problem === null || file === undefined ? null : <Problem error={problem} />}
      {preview.data === undefined || file === undefined || preview.isError ? null : (
        <Preview
          found={preview.data}
          conflicts={conflicts}
          onConflicts={setConflicts}
          onImport={() => bring.mutate()}
          isBusy={bring.isPending}
        />
      )}
    </>
  )
}

function Problem({ error }: { readonly error: Error }): ReactElement {
  const problems =
    error instanceof ApiError && error.problems.length > 0
      ? error.problems.map(({ problem }) => ({ text: problem }))
      : [{ text: error.message }]
  const requestId = error instanceof ApiError ? error.requestId : undefined
  return <ErrorSummary title="This pack cannot be imported" problems={problems} requestId={requestId} />
}

interface PreviewProps {
  readonly found: PackImport
  readonly conflicts: Conflicts
  readonly onConflicts: (conflicts: Conflicts) => void
  readonly onImport: () => void
  readonly isBusy: boolean
}

function Preview({ found, conflicts, onConflicts, onImport, isBusy }: PreviewProps): ReactElement {
  const { pack, items } = found
  const made = items.filter(({ action }) => action !== 'match').length
  const from = [pack.contact, pack.description].filter((each) => each !== '').join(' · ')
  return (
    <>
      <Panel title={pack.name || 'What the pack brings'} padding="flush">
        {items.length === 0 ? <EmptyNote>This pack brings nothing.</EmptyNote> : null}
        <PackItems
          items={items}
          onChoose={(key, choice) => onConflicts({ ...conflicts, [key]: choice })}
          conflicts={conflicts}
        />
      </Panel>
      <div className={classes.bar}>
        <Button onClick={onImport} loading={isBusy} disabled={items.length === 0}>
          Import {made === 1 ? '1 thing' : `${made} things`}
        </Button>
        <span className="ts-dim">{from}</span>
      </div>
    </>
  )
}

function Imported({
  done,
  onAgain,
}: {
  readonly done: PackImport
  readonly onAgain: () => void
}): ReactElement {
  return (
    <>
      <p className={classes.facts}>
        Assign its lists to units under <AppLink to="/admin/machine-qa.assignment">Assignments</AppLink>, then
        set references and tolerances there.
      </p>
      <Panel title={`Imported: ${done.pack.name || 'test pack'}`} padding="flush">
        <PackItems items={done.items} />
      </Panel>
      <div className={classes.bar}>
        <Button variant="default" onClick={onAgain}>
          Import another pack
        </Button>
      </div>
    </>
  )
}
