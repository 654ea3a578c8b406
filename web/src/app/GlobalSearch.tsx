import { useDebouncedValue } from '@mantine/hooks'
import { openSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { type SearchHit, searchQuery } from '../api/search.ts'
import { holds, useSession } from '../api/session.ts'
import { insideApp } from '../ui/app-path.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import classes from './GlobalSearch.module.css'
import { MODULES } from './modules.ts'

/** Search over units, samples, studies, reports, people and pages. `/` or Ctrl K. */
export function GlobalSearch(): ReactElement {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 150)
  const found = useQuery({
    ...searchQuery(asked),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  })
  const { user } = useSession()
  const router = useRouter()
  useShortcut('/', 'Search everything', openSpotlight, { group: 'Everywhere' })
  useShortcut('mod+k', 'Search everything, also while typing', openSpotlight, { group: 'Everywhere' })

  const pages = MODULES.filter(({ permission }) => holds(user, permission))
    .filter(({ label }) => label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()))
    .map(({ label, path }): SearchHit => ({ kind: 'Go to', label, path }))
  const hits = [...(asked.length > 1 ? (found.data?.items ?? []) : []), ...pages]
  const groups = Map.groupBy(hits, (hit) => hit.kind)

  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight={440}
      size={600}
    >
      <Spotlight.Search
        placeholder="Search units, samples, reports, people, pages"
        leftSection={<IconSearch size={18} stroke={1.7} />}
      />
      <Spotlight.ActionsList aria-label="Results">
        {[...groups].map(([kind, members]) => (
          <Spotlight.ActionsGroup key={kind} label={kind}>
            {members.map((hit) => (
              <Spotlight.Action
                key={`${hit.path}${hit.label}`}
                onClick={() => void router.navigate({ href: insideApp(hit.path) })}
              >
                <span className={classes.label}>{hit.label}</span>
                {hit.hint === undefined ? null : <span className={classes.hint}>{hit.hint}</span>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {hits.length === 0 ? (
          <Spotlight.Empty>
            {found.isError
              ? `The search failed: ${found.error.message}`
              : found.isFetching
                ? 'Searching …'
                : `Nothing is called “${text.trim()}”.`}
          </Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
