import { invalidInput } from '../../../core/refusal.ts'
import type { DicomElement } from './data-set.ts'
import { IMAGE_IODS, type ImageIod } from './image-iods.data.ts'
import { makeDataSet, makeNamed, makeSequence, tagOf } from './make-element.ts'
import type { FormValue } from './parse-form-field.ts'
import { readTexts } from './read-value.ts'
import type { Picture } from './secondary-capture.ts'
import type { Tag } from './tag.ts'

/** The field by which a client asks for another object than a Secondary Capture. */
export const SOP_CLASS_FIELD = 'sop_class'

/**
 * The object that a client asks for, by its name or the UID of its SOP class; undefined for a Secondary Capture.
 *
 * @throws RefusedError `invalid-input` for an object that is not made here
 */
export function chooseIod(parts: readonly FormValue[] | undefined): ImageIod | undefined {
  const given = parts?.at(-1)
  if (given === undefined || given === '' || given === 'SC') return undefined
  const iod = IMAGE_IODS.find(({ name, sopClassUid }) => name === given || sopClassUid === given)
  if (iod) return iod
  const names = ['SC', ...IMAGE_IODS.map(({ name }) => name)].join(', ')
  throw invalidInput(SOP_CLASS_FIELD, `This must be one of ${names}.`)
}

/** Tags that are the client's to give in this object although they usually follow from the picture. */
export function tagsOfTheClient(iod: ImageIod | undefined): ReadonlySet<Tag> {
  return new Set((iod?.ofTheClient ?? []).map(tagOf))
}

/**
 * Refuses what would not be the object that was asked for: missing attributes of type 1, a picture of another kind.
 *
 * @throws RefusedError `invalid-input` with the first problem
 */
export function requireConforming(
  iod: ImageIod,
  given: readonly DicomElement[],
  pictures: readonly Picture[],
): void {
  const { elements } = makeDataSet(given)
  for (const keyword of iod.required) {
    if ((elements.get(tagOf(keyword))?.length ?? 0) === 0)
      throw invalidInput(keyword, 'This field is required.')
  }
  const types = elements.get(tagOf('ImageType'))
  if (types && readTexts(types, makeDataSet(given)).length < iod.imageTypes)
    throw invalidInput('ImageType', `Ensure this field has at least ${iod.imageTypes} values.`)
  const modality = elements.get(tagOf('Modality'))
  if (modality && readTexts(modality, makeDataSet(given))[0] !== iod.modality)
    throw invalidInput('Modality', `The modality of this object is ${iod.modality}.`)
  requirePicture(iod, pictures)
}

function requirePicture(
  { name, grey, bitsAllocated }: ImageIod,
  [picture, second]: readonly Picture[],
): void {
  if (second) throw invalidInput('image', 'This object has one image only.')
  if (grey === 'only' && picture?.samplesPerPixel !== 1)
    throw invalidInput('image', `An image of ${name} must be grey.`)
  if (bitsAllocated !== undefined && picture?.bitsAllocated !== bitsAllocated)
    throw invalidInput('image', `An image of ${name} must have ${bitsAllocated} bits a sample.`)
}

/** Attributes of the object that hold unless the client gives them: empty ones of type 2, and its modality. */
export function iodDefaults(iod: ImageIod): readonly DicomElement[] {
  return [
    ...iod.present.map((keyword) =>
      keyword.endsWith('Sequence') ? makeSequence(tagOf(keyword), []) : makeNamed(keyword),
    ),
    makeNamed('Modality', iod.modality),
    ...(iod.ofTheClient.includes('LossyImageCompression') ? [makeNamed('LossyImageCompression', '00')] : []),
  ]
}
