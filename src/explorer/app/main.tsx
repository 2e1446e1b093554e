import { render } from 'preact';
import '../shared/style.css';
import { applyTheme } from '../shared/theme.ts';
import './app.css';
import { App } from './app.tsx';

applyTheme();
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
