import { createRoot } from 'react-dom/client';
import '@blueprintjs/core/lib/css/blueprint.css';
import '@blueprintjs/icons/lib/css/blueprint-icons.css';
import 'ag-grid-community/styles/ag-grid-no-native-widgets.css';
import 'ag-grid-community/styles/ag-theme-balham-no-font.css';
import './ui/tokens.css';
import './ui/window.css';
import './ui/forms.css';
import './grid/grid.css';
import './features/features.css';
import './features/intake/intake.css';
import './features/intake/refresh/refresh.css';
import './features/source/source.css';
import './features/board/board.css';
import './features/briefing/briefing.css';
import './features/clocks/clocks.css';
import './features/dossier/dossier.css';
import './features/results/results.css';
import './features/packs/packs.css';
import './features/risk/risk.css';
import { App } from './app/App.tsx';
import { startConnection } from './app/connection.ts';
import { startTheme } from './app/theme.ts';

startTheme();
startConnection();

const container = document.getElementById('root');
if (container) createRoot(container).render(<App />);
