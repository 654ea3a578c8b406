import { join } from 'node:path'

/** Where files lie while they are worked on: beside the data, since the folder for temporary files may be memory. */
export function imageFolderOf(dataFolder: string): string {
  return join(dataFolder, 'dicom-work')
}
