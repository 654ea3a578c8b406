/**
 * What may be shown of a webhook's address. The path and the query are the secret by which a chat knows the sender;
 * so are credentials before the host.
 */
export function maskAddress(address: string): string {
  return `${new URL(address).origin}/••••••••`
}

export function isMasked(address: string): boolean {
  return address.includes('••••••••')
}
