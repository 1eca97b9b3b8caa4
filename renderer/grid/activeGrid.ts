/** What commands can ask of the grid on screen. */
export interface ActiveGrid {
  focusQuickFind(): void;
  clearFilters(): void;
  chooseColumns(): void;
  /** Opens the form for a new row, where rows can be added by hand. */
  addRow(): void;
  /** Opens the list of saved views. */
  chooseView(): void;
  /** Groups by the column that has the focus, or closes the groups. */
  toggleGroups(): void;
  /** Every value that the cell with the focus has had. */
  showHistory(): void;
  makeTargets(): void;
  /** Narrows every grid and picture by the selected rows. */
  narrow(): void;
  /** The source row of the cell that has the focus. */
  showSource(): void;
}

let active: ActiveGrid | null = null;

/** The grid on screen, or null. */
export function activeGrid(): ActiveGrid | null {
  return active;
}

/** Names the grid on screen; the function returned takes the name back. */
export function setActiveGrid(grid: ActiveGrid): () => void {
  active = grid;
  return () => {
    if (active === grid) active = null;
  };
}
