/** What can be set when the example is built. */
interface ImportMetaEnv {
  /** Address of the server, such as `https://atlas.example.com`. */
  readonly VITE_ATLAS_URL?: string;
}
