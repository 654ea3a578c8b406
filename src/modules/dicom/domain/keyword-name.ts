/**
 * The name that most keywords stand for: their words apart (`SOPClassUID` → `SOP Class UID`). The dictionary
 * stores only the names that differ.
 */
export function nameOfKeyword(keyword: string): string {
  return keyword.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
}
