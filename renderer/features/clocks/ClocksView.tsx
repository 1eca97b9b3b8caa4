export function ClocksView() {
  return null;
}
