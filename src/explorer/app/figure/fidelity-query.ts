export interface FidelityValue {
  readonly label: string;
  readonly published: string;
  readonly unit: string;
  readonly standing: string;
  readonly counted: boolean;
  readonly note: string | null;
  readonly computed: number | null;
  readonly computedWord: string | null;
  readonly difference: number | null;
  readonly agrees: boolean | null;
}

export interface FidelityAnswer {
  readonly figure: {
    readonly fidelity: {
      readonly synthetic: boolean;
      readonly values: readonly FidelityValue[];
      readonly errors: readonly {
        readonly title: string;
        readonly unit: string;
        readonly compared: number;
        readonly meanAbsoluteError: number | null;
        readonly greatestError: number | null;
      }[];
      readonly words: number;
      readonly agreeing: number;
      readonly notes: readonly string[];
    };
  } | null;
}

export const fidelityQuery = `query Fidelity($id: ID!, $release: ID!) {
  figure(id: $id, release: $release) {
    fidelity {
      synthetic
      values { label published unit standing counted note computed computedWord difference agrees }
      errors { title unit compared meanAbsoluteError greatestError }
      words
      agreeing
      notes
    }
  }
}`;
