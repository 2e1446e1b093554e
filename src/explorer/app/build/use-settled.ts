import { useEffect, useState } from 'preact/hooks';

/** Milliseconds of rest after which a text that is being changed is taken as meant. */
const restMs = 250;

/** The text once it has stopped changing. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
