import { TextInput } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { FileDrop } from '../../ui/FileDrop.tsx'
import classes from './generate.module.css'
import { fieldId, type GenerateForm } from './use-generate-form.ts'

const MOST_BYTES = 5 * 2 ** 20

/** The picture, or several as frames of one file, and the name of the file. */
export function PictureFields({ form }: { readonly form: GenerateForm }): ReactElement {
  const problem = form.problemOf('image')
  return (
    <div className={classes.picture}>
      <div id={fieldId('image')} tabIndex={-1}>
        <FileDrop
          label="PNG or JPEG, 5 MiB at most; several of one size become frames"
          files={form.images}
          onChange={form.setImages}
          accept="image/png,image/jpeg"
          maxBytes={MOST_BYTES}
          multiple
        />
        {problem === undefined ? null : (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <Thumbnails images={form.images} />
      <TextInput
        id={fieldId('fileName')}
        label="Name of the file"
        rightSection={<span className="ts-dim">.dcm</span>}
        rightSectionWidth={56}
        value={form.fileName}
        onChange={(event) => form.setFileName(event.currentTarget.value)}
        error={form.problemOf('fileName')}
        maxLength={255}
      />
    </div>
  )
}

function Thumbnails({ images }: { readonly images: readonly File[] }): ReactElement | null {
  const [addresses, setAddresses] = useState<readonly string[]>([])
  useEffect(() => {
    const made = images.map((image) => URL.createObjectURL(image))
    setAddresses(made)
    return () => {
      for (const address of made) URL.revokeObjectURL(address)
    }
  }, [images])
  if (addresses.length === 0) return null
  return (
    <ul className={classes.thumbnails} aria-label="Pictures">
      {addresses.map((address, index) => (
        <li key={address}>
          <img src={address} alt={images[index]?.name ?? ''} />
        </li>
      ))}
    </ul>
  )
}
