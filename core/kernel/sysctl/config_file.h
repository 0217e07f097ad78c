// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <string>

namespace halfopen {

/// Where a file of ours below /etc lies.
struct ConfigPlace {
    std::string directory;
    std::string name; ///< ends in ".conf"

    std::string path() const { return directory + '/' + name; }
};

/// A file that counts at boot, written so that no half file can be read and no link is followed: a temporary file of a
/// name of its own in the same directory, synced, then put in the place of the one that was there. The directory must
/// be a real one that belongs to the effective user (root, in the helper) and that nobody else can write to.
class ConfigFile {
public:
    /// Writes and syncs the temporary file; nothing that is read at boot has changed yet.
    /// @param root  stands for "/"
    /// @return      NotPermitted, NotFound or SomeFailed, naming the directory or file
    static Result<ConfigFile> prepare(ConfigPlace place, const std::string& text, const std::string& root = {});

    ConfigFile(ConfigFile&& other) noexcept;
    ConfigFile& operator=(ConfigFile&&) = delete;
    ConfigFile(const ConfigFile&) = delete;
    ConfigFile& operator=(const ConfigFile&) = delete;
    ~ConfigFile(); ///< removes the temporary file

    /// Puts it in its place: from now on it counts at boot. Replaces a link, never its target. Where that cannot be
    /// made to last (the directory cannot be synced), what was there before is put back: after a failure nothing counts
    /// that did not count before.
    Result<void> commit();

private:
    ConfigFile(ConfigPlace place, UniqueFd directory, std::string temporary);

    Result<void> swap();
    void swapBack();

    ConfigPlace m_place;
    UniqueFd m_directory;
    std::string m_temporary; ///< name of the file that does not count: the new one, then the one before; "": none
    bool m_replaced = false; ///< one was there before
};

/// The directory, opened, where it is as ConfigFile wants it.
Result<UniqueFd> openConfigDirectory(const ConfigPlace& place, const std::string& root = {});

/// Removes the file (or the link that stands in its place).
/// @return  whether there was one; the same errors as ConfigFile::prepare()
Result<bool> removeConfigFile(const ConfigPlace& place, const std::string& root = {});

} // namespace halfopen
