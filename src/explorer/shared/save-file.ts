/** Hands a file to the visitor without leaving the page. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // After the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
