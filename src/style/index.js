// Loaded by JupyterLab before the extension starts.
import './index.css';
