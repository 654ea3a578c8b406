/** Everything below `/api/v1`. */
export function ownsNative(path: string): boolean {
  return path === '/api/v1' || path.startsWith('/api/v1/')
}
