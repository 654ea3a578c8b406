/** Keys of test cases in a text, such as `DOSE-12`: letters and digits that are not part of a longer word. */
export function testCaseKeys(text: string): readonly string[] {
  return text.match(/(?<![\w-])[A-Za-z]+-\d+(?![\w-])/g) ?? []
}
