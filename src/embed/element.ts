/** The module for pages that hold figures as elements, served as element.js: `<rollout-widget>`. */
import { RolloutWidget } from './rolloutWidget';

if (!customElements.get('rollout-widget')) customElements.define('rollout-widget', RolloutWidget);
