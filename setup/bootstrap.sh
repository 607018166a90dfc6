# What ./run and ./test share: whatever a fresh Debian 12 lacks, installed once and seen to be there ever after.
# POSIX sh, sourced with $root set to the checkout. Everything is said on stderr: stdout belongs to the command.

# Without these nothing runs; without those papers come out slow, or in the wrong letters, and `doctor` says so.
required_packages='libpango-1.0-0 libpangoft2-1.0-0'
wanted_packages='libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai fonts-babelstone-han fonts-lmodern'
# libatomic1 is for Playwright's driver, which does not bring it along.
test_packages='chromium libatomic1 poppler-utils'

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1

say() { printf '%s\n' "$@" >&2; }

stop() {
    say "$@"
    exit 1
}

# quietly COMMAND…: runs it unseen; shows the end of what it printed when it fails.
quietly() {
    quiet_log=$(mktemp)
    if "$@" >"$quiet_log" 2>&1 </dev/null; then
        rm -f "$quiet_log"
        return 0
    fi
    say "失败 / failed: $*"
    tail -n 30 "$quiet_log" >&2
    rm -f "$quiet_log"
    return 1
}

# --- Debian packages ---------------------------------------------------------------------------------------------

can_be_root() {
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null || return 1
    [ -t 0 ] || sudo -n true 2>/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# missing_packages NAME…: those of the names that are not installed.
missing_packages() {
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for package; do
        printf '%s\n' "$installed" | grep -qx "$package installed" || printf '%s ' "$package"
    done
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
        --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# install_packages "REQUIRED…" "WANTED…": as far as we may; stops only where something required stays missing.
install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say '本机不是 Debian/Ubuntu：请自行安装 Pango 1.44 以上和中文字体。' \
            'Not a Debian system: please see to Pango 1.44 or newer and to Chinese fonts yourself.'
        return 0
    fi
    lacking=$(missing_packages $1)
    all=$lacking$(missing_packages $2)
    [ -n "$all" ] || return 0
    if can_be_root; then
        say "正在安装系统软件包（首次约一两分钟）/ installing Debian packages: $all"
        quietly as_root apt-get update -q || true
        quietly apt_install $all || for package in $all; do quietly apt_install "$package" || true; done
    fi
    lacking=$(missing_packages $1)
    all=$lacking$(missing_packages $2)
    [ -n "$all" ] || return 0
    say '缺少系统软件包，请用管理员身份运行：' 'Debian packages are missing; as an administrator, run:' '' \
        "    apt-get update && apt-get install -y --no-install-recommends $all" ''
    [ -z "$lacking" ] || stop '装好后再运行一次本命令。 / Then run this command again.'
    say '没有它们也能运行，先继续。 / The system works without these; going on.'
}

# --- Python ------------------------------------------------------------------------------------------------------

find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$python"
            return 0
        fi
    done
    return 1
}

venv_works() { .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

make_venv() {
    python=$(find_python) || {
        found=$(python3 -V 2>/dev/null || echo 'none')
        stop "需要 Python 3.11 或更新版本（含 venv），本机只有：$found。请使用 Debian 12、Ubuntu 24.04 或更新的系统。" \
            "Python 3.11 or newer with venv is needed; found: $found. Use Debian 12, Ubuntu 24.04 or newer."
    }
    say "正在建立 Python 环境 / making .venv with $("$python" -V)"
    quietly "$python" -m venv --clear .venv
}

# checksum FILE…: changes with the files, with Python, and when the checkout is moved.
checksum() {
    { .venv/bin/python -V 2>/dev/null && pwd -P && cat "$@"; } | sha256sum | cut -d' ' -f1
}

# is_done NAME FILE…  ·  mark_done NAME FILE…: whether that step was carried out with just these files.
is_done() {
    stamp=.venv/$1.done
    shift
    [ -r "$stamp" ] && [ "$(cat "$stamp")" = "$(checksum "$@")" ]
}

mark_done() {
    stamp=.venv/$1.done
    shift
    checksum "$@" >"$stamp"
}

pip_install() { quietly .venv/bin/python -m pip install --quiet "$@"; }

# install_lock FILE: exactly the versions and the hashes of a lock file.
install_lock() {
    is_done "$1" "$1" && return 0
    say "正在安装 Python 依赖 / installing $1"
    pip_install --require-hashes -r "$1"
    mark_done "$1" "$1"
}

install_project() {
    is_done project setup.cfg pyproject.toml requirements.in && return 0
    pip_install --no-deps --no-build-isolation --no-index -e .
    mark_done project setup.cfg pyproject.toml requirements.in
}

# --- 仿宋 ---------------------------------------------------------------------------------------------------------

# FandolFang, the only free 仿宋 that Debian carries, lies in a TeX package of 277 MB; we take the font out of it.
fetch_fandol() {
    work=$(mktemp -d)
    (
        cd "$work" && apt-get download -q texlive-lang-chinese &&
            dpkg-deb --fsys-tarfile ./*.deb | tar -x --wildcards './usr/share/*/fandol/*' &&
            mkdir fandol && find usr -path '*/fandol/*' -type f -exec mv {} fandol/ \; &&
            gzip -d fandol/COPYING.gz && [ -s fandol/FandolFang-Regular.otf ]
    ) >/dev/null 2>&1 && rm -rf .fonts/fandol && mv "$work/fandol" .fonts/fandol
    fetched=$?
    rm -rf "$work"
    return $fetched
}

has_fandol() { [ -s .fonts/fandol/FandolFang-Regular.otf ] || [ -n "$(find .fonts/not-found -mtime -1 2>/dev/null)" ]; }

install_fandol() {
    has_fandol && return 0
    mkdir -p .fonts
    say '正在取仿宋字体 / fetching the FandolFang typeface'
    if fetch_fandol; then
        rm -f .fonts/not-found
    else
        : >.fonts/not-found
        say '取不到仿宋字体，文书先用其他字体代替。 / FandolFang could not be had; papers use other typefaces. (.fonts/)'
    fi
}

# --- all of it ---------------------------------------------------------------------------------------------------

is_set_up() {
    venv_works && has_fandol && is_done project setup.cfg pyproject.toml requirements.in || return 1
    for lock; do is_done "$lock" "$lock" || return 1; done
}

# set_up PACKAGES LOCK…: the packages wanted besides the usual ones, and the lock files to install.
set_up() {
    extra=$1
    shift
    cd -- "$root"
    python_packages=
    venv_works || find_python >/dev/null || python_packages='python3 python3-venv'
    install_packages "$python_packages $required_packages" "$wanted_packages $extra"
    is_set_up "$@" && return 0

    # One set-up at a time; the lock ends with the subshell that calls us.
    exec 9>.setup.lock
    ! command -v flock >/dev/null || flock 9
    venv_works || make_venv
    for lock; do install_lock "$lock"; done
    install_project
    install_fandol
}
