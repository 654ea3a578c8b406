import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useEffect, useState } from 'react'
import { type SearchHit, searchQuery } from '../api/search.ts'
import { holds, useSession } from '../api/session.ts'
import { insideApp } from '../ui/app-path.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import classes from './GlobalSearch.module.css'
import { MODULES } from './modules.ts'
import { closeSearch, openSearch, useSearchOpen } from './search-dialog.ts'

const MIN_LETTERS = 2

/** Search over units, samples, studies, reports, people and pages. `/` or Ctrl K. */
export function GlobalSearch(): ReactElement {
  const isOpen = useSearchOpen()
  useShortcut('/', 'Search everything', openSearch, { group: 'Everywhere' })
  useShortcut('mod+k', 'Search everything, also while typing', openSearch, { group: 'Everywhere' })
  return (
    <Modal.Root opened={isOpen} onClose={closeSearch} size={620} yOffset="12vh">
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label="Search everything">
        <SearchBox />
      </Modal.Content>
    </Modal.Root>
  )
}

function SearchBox(): ReactElement {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 150)
  const combobox = useCombobox({ opened: true })
  const router = useRouter()
  const isAsked = asked.length >= MIN_LETTERS
  const found = useQuery({ ...searchQuery(asked), enabled: isAsked, placeholderData: keepPreviousData })
  const pages = usePages(text.trim())
  const hits = [...(isAsked ? (found.data?.items ?? []) : []), ...pages]
  const groups = Map.groupBy(hits, (hit) => hit.kind)
  const hitKey = hits.map(({ path }) => path).join(' ')

  // biome-ignore lint/correctness/useExhaustiveDependencies: Enter goes to the first of the hits, as they change
  useEffect(() => {
    combobox.selectFirstOption()
  }, [hitKey])

  const follow = (path: string): void => {
    closeSearch()
    void router.navigate({ href: insideApp(path) })
  }
  return (
    <Combobox store={combobox} onOptionSubmit={follow} withinPortal={false}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          size="lg"
          variant="unstyled"
          className={classes.input}
          aria-label="Search units, samples, reports, people, pages"
          placeholder="Search units, samples, reports, people, pages"
          leftSection={<IconSearch size={18} stroke={1.7} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <div className={classes.results}>
        <Combobox.Options aria-label="Results">
          {[...groups].map(([kind, members]) => (
            <Combobox.Group key={kind} label={kind}>
              {members.map((hit) => (
                <Combobox.Option key={`${hit.path} ${hit.label}`} value={hit.path} className={classes.hit}>
                  <span className={classes.label}>{hit.label}</span>
                  {hit.hint === undefined ? null : <span className={classes.hint}>{hit.hint}</span>}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {hits.length === 0 ? <Combobox.Empty>{nothing(found, text.trim())}</Combobox.Empty> : null}
        </Combobox.Options>
      </div>
    </Combobox>
  )
}

/** The modules the reader may enter, found by name. */
function usePages(text: string): readonly SearchHit[] {
  const { user } = useSession()
  const wanted = text.toLocaleLowerCase()
  return MODULES.filter(({ permission }) => holds(user, permission))
    .filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
    .map(({ label, path }) => ({ kind: 'Go to', label, path }))
}

function nothing(found: UseQueryResult<unknown>, text: string): string {
  if (found.isError) return `The search failed: ${found.error.message}`
  if (found.isFetching || text.length < MIN_LETTERS) return 'Searching …'
  return `Nothing is called “${text}”.`
}
