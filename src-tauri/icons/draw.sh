#!/usr/bin/env bash
# Draws every icon from the SVGs beside this file. Needs rsvg-convert (Debian: librsvg2-bin).
set -euo pipefail
cd "$(dirname "$0")"

rsvg-convert -w 512 -h 512 app-icon.svg -o icon.png
rsvg-convert -w 256 -h 256 app-icon.svg -o 128x128@2x.png
rsvg-convert -w 128 -h 128 app-icon.svg -o 128x128.png
rsvg-convert -w 32 -h 32 app-icon-small.svg -o 32x32.png

# On a panel of unknown colour: the same shape, light, over a dark rim of itself.
panel='<filter id="panel" x="-20%" y="-20%" width="140%" height="140%">
  <feMorphology in="SourceAlpha" operator="dilate" radius="0.45" result="wide"/>
  <feFlood flood-color="#000" flood-opacity="0.4"/><feComposite in2="wide" operator="in" result="rim"/>
  <feFlood flood-color="#f4f4f6"/><feComposite in2="SourceAlpha" operator="in" result="light"/>
  <feMerge><feMergeNode in="rim"/><feMergeNode in="light"/></feMerge>
</filter><g filter="url(#panel)">'

mkdir -p tray/template tray/panel
for state in idle unread paused attention offline; do
  # macOS: black and alpha at twice 18 points.
  rsvg-convert -w 36 -h 36 "tray/$state.svg" -o "tray/template/$state.png"
  awk -v panel="$panel" '{ sub(/viewBox="0 0 18 18">/, "&" panel); sub(/<\/svg>/, "</g></svg>"); print }' "tray/$state.svg" |
    rsvg-convert -w 44 -h 44 -o "tray/panel/$state.png"
done
