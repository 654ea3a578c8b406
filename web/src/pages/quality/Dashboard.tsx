import type { ReactElement } from 'react'
import type { WireReport, WireStatusCounts } from '../../../../src/dialects/native/quality/report.schema.ts'
import { worstOf } from '../../api/quality/words.ts'
import classes from './quality.module.css'
import type { PatchView, ReportView } from './report-view.ts'
import { StatusCounts } from './StatusCounts.tsx'

/** A card for each subject, which leads to it, and for each tag, which leaves only its metrics. */
export function Dashboard({
  report,
  view,
  patch,
}: {
  readonly report: WireReport
  readonly view: ReportView
  readonly patch: PatchView
}): ReactElement | null {
  if (report.subjects.length === 0) return null
  const tags = report.tags.map(({ tag }) => tag)
  const only = view.hiddenTags.length > 0 ? tags.filter((tag) => !view.hiddenTags.includes(tag)) : []
  const pick = (tag: string): void => {
    const isPicked = only.length === 1 && only[0] === tag
    patch({ hidden_tags: isPicked ? undefined : tags.filter((each) => each !== tag).join(',') })
  }
  return (
    <section aria-label="Dashboard">
      <ul className={classes.cards}>
        {report.subjects.map(({ id, name, counts }) => (
          <li key={id} className={classes.card} style={edgeOf(counts)}>
            <a href={`#${id}`} className={classes.pick} onClick={(event) => scrollTo(event, id)}>
              {name}
            </a>
            <StatusCounts counts={counts} />
          </li>
        ))}
        {report.tags.map(({ tag, counts }) => (
          <li key={tag} className={classes.card} style={edgeOf(counts)} data-picked={only.includes(tag)}>
            <button
              type="button"
              className={classes.pick}
              aria-pressed={only.includes(tag)}
              disabled={tags.length === 1}
              onClick={() => pick(tag)}
            >
              <span className="ts-dim">Tag</span> {tag}
            </button>
            <StatusCounts counts={counts} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function edgeOf(counts: WireStatusCounts): { readonly borderInlineStartColor: string } {
  return { borderInlineStartColor: `var(--ts-${worstOf(counts)?.token ?? 'none'}-mark)` }
}

/** Scrolls without a step in the history, and takes the keyboard along. */
function scrollTo(event: { preventDefault: () => void }, id: string): void {
  const target = document.getElementById(id)
  if (target === null) return
  event.preventDefault()
  target.scrollIntoView({ block: 'start' })
  target.focus({ preventScroll: true })
}
