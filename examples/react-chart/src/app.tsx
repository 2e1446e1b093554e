import { useState } from 'react';
import { DatasetPicker } from './dataset-picker.tsx';
import { KeyForm } from './key-form.tsx';
import { WeeklyShares } from './weekly-shares.tsx';

/** The page: who asks, of which data set, and the answer. The key is kept here alone, and gone with the page. */
export function App() {
  const [apiKey, setApiKey] = useState<string | null>(null);
  const [dataset, setDataset] = useState<string | null>(null);

  const changeKey = (key: string | null): void => {
    setApiKey(key);
    // Another key may not open it.
    setDataset(null);
  };
  return (
    <main>
      <h1>Share of tokens by source</h1>
      <div className="controls">
        <DatasetPicker apiKey={apiKey} chosen={dataset} onChoose={setDataset} />
        <KeyForm hasKey={apiKey !== null} onChange={changeKey} />
      </div>
      <WeeklyShares apiKey={apiKey} dataset={dataset} />
    </main>
  );
}
