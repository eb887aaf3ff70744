declare module "*.css" {
  const text: string;
  export default text;
}
/** Address of the panel's file, put in by the build. */
declare const PANEL: string;
