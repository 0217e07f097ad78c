// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/boot_configuration.h"
#include "core/model/error.h"
#include "core/model/keepalive_defaults.h"

#include <string>

namespace halfopen {

/// The file that keeps the three values over a reboot, written so that no half file can be read and no link is
/// followed: a temporary file of a name of its own in the same directory, synced, then put in the place of the one that
/// was there. The directory must be a real one that belongs to the effective user (root, in the helper) and that nobody
/// else can write to.
class DropIn {
public:
    /// Writes and syncs the temporary file; nothing that is read at boot has changed yet.
    /// @return  NotPermitted, NotFound or SomeFailed, naming the directory or file
    static Result<DropIn> prepare(const KeepaliveDefaults& values, const std::string& root = {});

    DropIn(DropIn&& other) noexcept;
    DropIn& operator=(DropIn&&) = delete;
    DropIn(const DropIn&) = delete;
    DropIn& operator=(const DropIn&) = delete;
    ~DropIn(); ///< removes the temporary file

    /// Puts it in its place: from now on it counts at boot. Replaces a link, never its target. Where that cannot be
    /// made to last (the directory cannot be synced), what was there before is put back: after a failure nothing counts
    /// that did not count before.
    Result<void> commit();

private:
    DropIn(UniqueFd directory, std::string temporary);

    Result<void> swap();
    void swapBack();

    UniqueFd m_directory;
    std::string m_temporary; ///< name of the file that does not count: the new one, then the one before; "": none
    bool m_replaced = false; ///< one was there before
};

/// What the drop-in holds for these values, with a first line that says where it is from.
std::string dropInText(const KeepaliveDefaults& values);

/// Removes the drop-in (or the link that stands in its place). The live values stay as they are.
/// @return  whether there was one; the same errors as DropIn::prepare
Result<bool> removeDropIn(const std::string& root = {});

} // namespace halfopen
