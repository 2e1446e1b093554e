import { render } from 'preact';
import { preloadCharts } from '../shared/draw.ts';
import { applyTheme, forceTheme } from '../shared/theme.ts';
import '../shared/style.css';
import { readAsked } from './asked.ts';
import './embed.css';
import { EmbeddedFigure } from './embedded-figure.tsx';

const asked = readAsked(location);
if (asked.theme !== null) forceTheme(asked.theme);
applyTheme();
preloadCharts();
const page = document.getElementById('page');
if (page !== null) render(<EmbeddedFigure asked={asked} />, page);
