import { Children, type ReactElement, type ReactNode } from 'react'
import classes from './FactsLine.module.css'

/** The handful of facts that matter, on one line, parted by thin dots. Empty children take no room. */
export function FactsLine({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <ul className={classes.line}>
      {Children.toArray(children).map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a page keep their order
        <li key={index}>{fact}</li>
      ))}
    </ul>
  )
}
