import type { ReactElement } from 'react'
import type {
  WireAttachment,
  WireTest,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import classes from './performing.module.css'

/** How a test is done: its description, procedure and files, and what it is compared with. */
export function TestInstructions({
  test,
}: {
  readonly test: Pick<WireTest, 'description' | 'procedureAddress' | 'attachments' | 'tolerance' | 'macro'>
}): ReactElement {
  return (
    <div className={classes.instructions}>
      {test.description === '' ? null : <Html html={test.description} />}
      {safeAddress(test.procedureAddress) === undefined ? null : (
        <p>
          <a href={safeAddress(test.procedureAddress)} target="_blank" rel="noreferrer">
            Procedure
          </a>
        </p>
      )}
      <FileLinks files={test.attachments} />
      <p className="ts-dim">
        <span className="ts-mono">{test.macro}</span>
        {test.tolerance === null ? null : ` · ${test.tolerance.name}`}
      </p>
    </div>
  )
}

/** HTML that the server has sanitised. */
export function Html({ html }: { readonly html: string }): ReactElement {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the server, see present-test.ts
  return <div className={classes.html} dangerouslySetInnerHTML={{ __html: html }} />
}

export function FileLinks({ files }: { readonly files: readonly WireAttachment[] }): ReactElement | null {
  if (files.length === 0) return null
  return (
    <ul className={classes.fileLinks}>
      {files.map(({ id, label, href }) => (
        <li key={id}>
          <a href={href} target="_blank" rel="noreferrer">
            {label}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Somebody typed the address: only web addresses become links. */
function safeAddress(address: string | null): string | undefined {
  return address !== null && /^(https?:\/\/|\/)/i.test(address) ? address : undefined
}
