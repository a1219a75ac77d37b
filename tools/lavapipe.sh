#!/usr/bin/env bash
# Fetches Mesa's software Vulkan driver, lavapipe, into the cache, and prints the folder that it lies in.
# Debian 12 has a Mesa that Dawn refuses, and its backports one that Dawn takes. Nothing is installed.
# Where it cannot be had, the last line on stderr says why.
. "$(dirname "$0")/common.sh"

FOLDER="$CACHE/lavapipe"
if [ -e "$FOLDER/driver.json" ]; then
  echo "$FOLDER"
  exit
fi

is_debian || fail "only Debian's package of lavapipe is known here"
. /etc/os-release

# The mirror that this machine has its own packages from.
mirror="$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Identifier: Packages' | awk -v suite="$VERSION_CODENAME" '$2 == suite { print $1; exit }')"
[ -n "$mirror" ] || fail "apt names no mirror of $VERSION_CODENAME"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists,cache/archives}/partial "$work/debs"
cat > "$work/own.sources" <<EOF
Types: deb
URIs: $mirror
Suites: $VERSION_CODENAME $VERSION_CODENAME-updates $VERSION_CODENAME-backports
Components: main
Signed-By: /usr/share/keyrings/$ID-archive-keyring.gpg
EOF

# Lists of its own, so that the machine's stay as they are, and no rights are needed.
apt() {
  apt-get -qq -o Dir::Etc::SourceList="$work/own.sources" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$work/lists" \
    -o Dir::Cache="$work/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User= -o Acquire::http::Timeout=20 "$@"
}
# Names and versions of what an installation would fetch.
missing() {
  apt -s install --no-install-recommends libvulkan1 "mesa-vulkan-drivers$1" | sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+) .*/\1=\3/p'
}

say "Fetching lavapipe (once; seconds)"
apt update || fail "$mirror cannot be reached"
packages="$(missing "/$VERSION_CODENAME-backports" 2>/dev/null || missing "")" || fail "$mirror has no mesa-vulkan-drivers that fit"
(cd "$work/debs" && apt download $packages) || fail "$mirror does not hand over $packages"
for package in "$work"/debs/*.deb; do dpkg -x "$package" "$work/root"; done

library="$(find "$work/root" -name libvulkan_lvp.so)"
[ -n "$library" ] || fail "the package of $VERSION_CODENAME holds no lavapipe"
rm -rf "$FOLDER"
mv "$(dirname "$library")" "$FOLDER"
# By its name alone, which LD_LIBRARY_PATH finds, as it does the libraries beside it.
sed -E 's#"library_path": *"[^"]*"#"library_path": "libvulkan_lvp.so"#' "$work"/root/usr/share/vulkan/icd.d/lvp_icd*.json > "$FOLDER/driver.json"
echo "$FOLDER"
