import {
  CellApiModule,
  CellStyleModule,
  ColumnApiModule,
  CustomEditorModule,
  EventApiModule,
  InfiniteRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  ScrollApiModule,
  TooltipModule,
} from 'ag-grid-community';

/** The parts of the grid that Fellside uses, registered once. */
export function registerGridModules(): void {
  ModuleRegistry.registerModules([
    InfiniteRowModelModule,
    ColumnApiModule,
    RowApiModule,
    CellApiModule,
    EventApiModule,
    ScrollApiModule,
    RenderApiModule,
    RowSelectionModule,
    CellStyleModule,
    CustomEditorModule,
    TooltipModule,
  ]);
}
