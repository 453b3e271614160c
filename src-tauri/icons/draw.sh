#!/usr/bin/env bash
# Draws every icon from the SVGs next to this file, reproducibly. Needs rsvg-convert and ImageMagick (Debian:
# librsvg2-bin, imagemagick).
set -euo pipefail
cd "$(dirname "$0")"

rsvg-convert -w 512 -h 512 app-icon.svg -o icon.png
for size in 64 128 256; do
  rsvg-convert -w $size -h $size app-icon.svg -o "${size}x$size.png"
done
for size in 16 24 32 48; do
  rsvg-convert -w $size -h $size app-icon-small.svg -o "${size}x$size.png"
done

parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT

# Windows: bitmaps for the small sizes, which the resource compiler requires, and a PNG for 256.
magick=$(command -v magick || command -v convert)
"$magick" 16x16.png 24x24.png 32x32.png 48x48.png 64x64.png 256x256.png icon.ico

# macOS: a container of PNGs, each preceded by its type and length. The types cover all sizes at double resolution
# (ic11 is 16 points, ic10 is 512) and the large ones at single resolution.
number() { # 32 bits, big-endian
  # shellcheck disable=SC2059 # the format contains the bytes
  printf "$(printf '\\x%02x' $(($1 >> 24 & 255)) $(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255)))"
}
for entry in ic11:32:app-icon-small ic12:64:app-icon ic07:128:app-icon ic13:256:app-icon ic08:256:app-icon \
  ic14:512:app-icon ic09:512:app-icon ic10:1024:app-icon; do
  IFS=: read -r type size drawing <<<"$entry"
  rsvg-convert -w "$size" -h "$size" "$drawing.svg" -o "$parts/one.png"
  { printf %s "$type"; number $(($(wc -c <"$parts/one.png") + 8)); cat "$parts/one.png"; } >>"$parts/all"
done
{ printf icns; number $(($(wc -c <"$parts/all") + 8)); cat "$parts/all"; } >icon.icns

# For panels of unknown colour: the same shape, light, with a dark rim.
panel='<filter id="panel" x="-20%" y="-20%" width="140%" height="140%">
  <feMorphology in="SourceAlpha" operator="dilate" radius="0.45" result="wide"/>
  <feFlood flood-color="#000" flood-opacity="0.4"/><feComposite in2="wide" operator="in" result="rim"/>
  <feFlood flood-color="#f4f4f6"/><feComposite in2="SourceAlpha" operator="in" result="light"/>
  <feMerge><feMergeNode in="rim"/><feMergeNode in="light"/></feMerge>
</filter><g filter="url(#panel)">'

mkdir -p tray/template tray/panel
for state in idle unread paused attention offline; do
  # macOS: black and alpha, 18 points at double resolution.
  rsvg-convert -w 36 -h 36 "tray/$state.svg" -o "tray/template/$state.png"
  awk -v panel="$panel" '{ sub(/viewBox="0 0 18 18">/, "&" panel); sub(/<\/svg>/, "</g></svg>"); print }' "tray/$state.svg" |
    rsvg-convert -w 44 -h 44 -o "tray/panel/$state.png"
done
