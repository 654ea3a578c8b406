import { Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core'
import { IconBookmarkPlus, IconDots } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import {
  addSavedView,
  changeSavedView,
  removeSavedView,
  type SavedView,
  savedViewsQuery,
} from '../api/saved-views.ts'
import { viewQuery } from './list-state.ts'
import classes from './SavedViewTabs.module.css'
import { parseSearchText, type SearchText } from './search-text.ts'
import { toast, toastError } from './toasts.ts'
import { type SearchPatch, useUrlState } from './url-state.ts'

/** The list as a whole and the views saved of it, as tabs. `list` names the list on the server. */
export function SavedViewTabs({ list }: { readonly list: string }): ReactElement | null {
  const [search, patch] = useUrlState()
  const [isSaving, setSaving] = useState(false)
  const client = useQueryClient()
  const views = useQuery(savedViewsQuery(list))
  const current = views.data?.items.find((view) => String(view.id) === search.view)
  const here = viewQuery(search)
  const isChanged = current !== undefined && here !== viewQuery(parseSearchText(current.query))

  const reread = (): Promise<void> => client.invalidateQueries({ queryKey: savedViewsQuery(list).queryKey })
  const save = useMutation({
    mutationFn: (view: Pick<SavedView, 'name' | 'shared'>) => addSavedView({ ...view, list, query: here }),
    onSuccess: async (view) => {
      await reread()
      patch({ view: String(view.id) }, 'replace')
      setSaving(false)
    },
  })
  const update = useMutation({
    mutationFn: (view: SavedView) => changeSavedView(view.id, { query: here }),
    onSuccess: async (view) => {
      await reread()
      toast(`View “${view.name}” updated.`)
    },
    onError: (error) => toastError('The view was not updated', error),
  })
  const remove = useMutation({
    mutationFn: (view: SavedView) => removeSavedView(view.id),
    onSuccess: async () => {
      await reread()
      patch(switchTo(search, undefined))
    },
    onError: (error) => toastError('The view was not removed', error),
  })

  // A server without saved views still has lists.
  if (views.isError) return null
  return (
    <div className={classes.tabs} data-print="hide">
      <nav aria-label="Saved views" className={classes.list}>
        <ViewTab
          label="All"
          isCurrent={current === undefined}
          onPick={() => patch(switchTo(search, undefined))}
        />
        {views.data?.items.map((view) => (
          <ViewTab
            key={view.id}
            label={view.name}
            isCurrent={view === current}
            isChanged={view === current && isChanged}
            onPick={() => patch(switchTo(search, view))}
          />
        ))}
      </nav>
      {current === undefined ? (
        <button type="button" className={classes.tool} onClick={() => setSaving(true)} disabled={here === ''}>
          <IconBookmarkPlus size={16} stroke={1.7} aria-hidden="true" />
          Save view
        </button>
      ) : (
        <Menu>
          <Menu.Target>
            <button type="button" className={classes.tool}>
              <IconDots size={16} stroke={1.7} aria-hidden="true" />
              View
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={!isChanged || !current.isOwn} onClick={() => update.mutate(current)}>
              Update “{current.name}”
            </Menu.Item>
            <Menu.Item onClick={() => setSaving(true)}>Save as a new view</Menu.Item>
            <Menu.Item color="red" disabled={!current.isOwn} onClick={() => remove.mutate(current)}>
              Remove “{current.name}”
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {isSaving ? (
        <SaveViewDialog
          error={save.error}
          isBusy={save.isPending}
          onSave={save.mutate}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </div>
  )
}

/** Everything of the address that belongs to the list is replaced by what the view holds. */
function switchTo(search: SearchText, view: SavedView | undefined): SearchPatch {
  const emptied = Object.fromEntries(Object.keys(search).map((name) => [name, undefined]))
  if (view === undefined) return emptied
  return { ...emptied, ...parseSearchText(view.query), view: String(view.id) }
}

interface ViewTabProps {
  readonly label: string
  readonly isCurrent: boolean
  readonly isChanged?: boolean
  readonly onPick: () => void
}

function ViewTab({ label, isCurrent, isChanged = false, onPick }: ViewTabProps): ReactElement {
  return (
    <button
      type="button"
      className={classes.tab}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onPick}
    >
      {label}
      {isChanged ? <span className={classes.changed}> changed</span> : null}
    </button>
  )
}

interface SaveViewDialogProps {
  readonly error: Error | null
  readonly isBusy: boolean
  readonly onSave: (view: Pick<SavedView, 'name' | 'shared'>) => void
  readonly onClose: () => void
}

function SaveViewDialog({ error, isBusy, onSave, onClose }: SaveViewDialogProps): ReactElement {
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') onSave({ name: name.trim(), shared })
  }
  return (
    <Modal opened onClose={onClose} title="Save view" size="sm">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={16}>
          <TextInput
            label="Name"
            data-autofocus
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isMissing ? 'Give the view a name.' : error?.message}
          />
          <Checkbox
            label="Everybody sees it"
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy}>
              Save view
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
