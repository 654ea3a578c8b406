import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useBlocker, useRouter } from '@tanstack/react-router'
import { type ReactElement, useCallback, useRef, useState } from 'react'
import type {
  WireFormTest,
  WirePerformingForm,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { KeyCaps } from '../../ui/KeyCaps.tsx'
import { useShortcut, useShortcutHint } from '../../ui/shortcuts.ts'
import { useSiteZone } from '../../ui/site.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import { entryId, focusEntry } from './entry-focus.ts'
import { LeaveDialog } from './LeaveDialog.tsx'
import { PerformBanners } from './PerformBanners.tsx'
import { PerformHeader } from './PerformHeader.tsx'
import { PerformOptions } from './PerformOptions.tsx'
import { PerformProgress } from './PerformProgress.tsx'
import { PerformRows } from './PerformRows.tsx'
import { PerformScope } from './PerformScope.tsx'
import { findProblems, type Problems, readProblems, storeSession, type Wanted } from './submit.ts'
import { TestChartDrawer } from './TestChartDrawer.tsx'
import { usePerforming } from './use-performing.ts'
import { WarningDialog } from './WarningDialog.tsx'

const NO_PROBLEMS: Problems = new Map()

/** The performing page: rows of tests, what is said about the session, and the bar that stores it. */
export function PerformForm({
  form,
  returnToServiceId,
}: {
  readonly form: WirePerformingForm
  /** the return-to-service QA that is performed */
  readonly returnToServiceId?: number | undefined
}): ReactElement {
  const zone = useSiteZone()
  const router = useRouter()
  const client = useQueryClient()
  const performing = usePerforming(form, zone)
  const [problems, setProblems] = useState<Problems>(NO_PROBLEMS)
  const [refusal, setRefusal] = useState<{ whole: readonly string[]; requestId: string | undefined }>()
  const [files, setFiles] = useState<readonly File[]>([])
  const [categories, setCategories] = useState<readonly string[]>([])
  const [charted, setCharted] = useState<WireFormTest>()
  const [busy, setBusy] = useState<'submit' | 'save'>()
  const [hasWarned, setWarned] = useState(false)
  const [isWarning, setWarning] = useState(false)
  const isDone = useRef(false)
  const summary = useRef<HTMLDivElement>(null)
  const leftOut = leftOutBy(form, categories)

  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      !isDone.current && performing.isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => !isDone.current && performing.isChanged,
    withResolver: true,
  })

  const finish = async (id: number, inProgress: boolean): Promise<void> => {
    isDone.current = true
    await performing.draft.forget()
    await client.invalidateQueries({ queryKey: ['machine-qa'], refetchType: 'none' })
    await client.invalidateQueries({ queryKey: ['for-you'] })
    await client.invalidateQueries({ queryKey: ['list'] })
    toast(inProgress ? `${form.list.name} saved for later.` : `${form.list.name} submitted.`)
    await router.navigate({ href: inProgress ? '/machine-qa/work' : `/machine-qa/sessions/${id}` })
  }
  const explain = (error: unknown): void => {
    if (!(error instanceof ApiError) || error.problems.length === 0) {
      toastError('The session was not stored', error)
      return
    }
    const read = readProblems(error)
    setProblems(read.rows)
    setRefusal({ whole: read.whole, requestId: error.requestId })
    requestAnimationFrame(() => summary.current?.focus())
  }
  const store = async (inProgress: boolean): Promise<void> => {
    if (busy !== undefined) return
    const wanted: Wanted = {
      inProgress,
      leftOut,
      leftOutComment: `Not performed: only ${categories.map((id) => categoryName(form, id)).join(', ')}`,
      files,
      ...(returnToServiceId === undefined ? {} : { returnToServiceId }),
    }
    const found = findProblems(form, performing, wanted, zone)
    setProblems(found)
    setRefusal(undefined)
    const [first] = found.keys()
    if (first !== undefined) {
      requestAnimationFrame(() => focusEntry(first))
      return
    }
    setBusy(inProgress ? 'save' : 'submit')
    try {
      const id = await storeSession(form, performing, wanted, zone)
      await finish(id, inProgress)
    } catch (error) {
      explain(error)
    } finally {
      setBusy(undefined)
    }
  }
  useShortcut('mod+enter', 'Submit the session', () => void store(false), { group: 'Entering' })
  useShortcut('mod+s', 'Save for later', () => void store(true), {
    group: 'Entering',
    enabled: form.rights.saveInProgress,
  })
  useShortcutHint('s', 'Skip the test, with a reason', 'Entering')
  useShortcutHint('c', 'Comment on the test', 'Entering')

  const { rows, patchEntry, sendFile } = performing
  const latestRows = useRef(rows)
  latestRows.current = rows
  const onLeave = useCallback(
    (macro: string): void => {
      const isAtAction = latestRows.current.get(macro)?.passFail === 'action'
      if (!isAtAction || form.list.warningMessage === '') return
      setWarned(true)
      setWarning(!hasWarned)
    },
    [form.list.warningMessage, hasWarned],
  )
  const onEntry = useCallback(
    (macro: string, patch: Parameters<typeof patchEntry>[1]): void => {
      patchEntry(macro, patch)
      setProblems((before) =>
        before.has(macro) ? new Map([...before].filter(([name]) => name !== macro)) : before,
      )
    },
    [patchEntry],
  )
  const shown = [...problems].map(([macro, text]) => ({
    fieldId: entryId(macro),
    text: `${form.tests.find((test) => test.macro === macro)?.name ?? macro}: ${text}`,
  }))
  const whole = (refusal?.whole ?? []).map((text) => ({ text }))

  return (
    <>
      <PerformHeader form={form} performing={performing} />
      <PerformBanners form={form} performing={performing} hasWarned={hasWarned} />
      {shown.length + whole.length === 0 ? null : (
        <ErrorSummary
          ref={summary}
          title="The session cannot be stored yet"
          problems={[...whole, ...shown]}
          requestId={refusal?.requestId}
        />
      )}
      <PerformScope form={form} categories={categories} onCategories={setCategories} />
      <PerformRows
        form={form}
        performing={performing}
        leftOut={leftOut}
        problems={problems}
        onEntry={onEntry}
        onFile={sendFile}
        onChart={setCharted}
        onLeave={onLeave}
      />
      <PerformOptions form={form} performing={performing} files={files} onFiles={setFiles} />
      <ActionBar state={<PerformProgress form={form} performing={performing} leftOut={leftOut} />}>
        {form.rights.saveInProgress && (form.session === null || form.session.inProgress) ? (
          <Button variant="default" loading={busy === 'save'} onClick={() => void store(true)}>
            Save for later
          </Button>
        ) : null}
        <Button
          loading={busy === 'submit'}
          onClick={() => void store(false)}
          rightSection={<KeyCaps keys="mod+enter" />}
        >
          {form.session !== null && !form.session.inProgress ? 'Save correction' : 'Submit session'}
        </Button>
      </ActionBar>
      <TestChartDrawer
        test={charted}
        unit={form.assignment.unit.name}
        onClose={() => setCharted(undefined)}
      />
      {isWarning ? (
        <WarningDialog message={form.list.warningMessage} onClose={() => setWarning(false)} />
      ) : null}
      {blocker.status === 'blocked' ? (
        <LeaveDialog isKept={!performing.draft.isOnlyHere} onStay={blocker.reset} onLeave={blocker.proceed} />
      ) : null}
    </>
  )
}

/** Tests of other categories than those chosen; none while none is chosen. */
function leftOutBy(form: WirePerformingForm, categories: readonly string[]): readonly WireFormTest[] {
  if (categories.length === 0) return []
  return form.tests.filter(({ category }) => !categories.includes(String(category.id)))
}

function categoryName(form: WirePerformingForm, id: string): string {
  return form.tests.find(({ category }) => String(category.id) === id)?.category.name ?? id
}
