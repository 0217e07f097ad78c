// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace halfopen {

/// Does work that the kernel may hold up for as long as it likes: whoever sets options of a socket, or ends it, waits
/// for the socket's lock, which a program keeps while it sits in send(2) on a page that does not come (userfaultfd(2),
/// a dead file server), and cannot even be killed meanwhile. Each piece has a thread of its own, so that others are
/// answered; only so many at a time. Lives in one thread with an event loop.
class Background : public QObject {
    Q_OBJECT

public:
    using Result = std::function<void()>; ///< what to do in this object's thread when the work is done

    explicit Background(QObject* parent = nullptr);
    /// Waits a moment for what is under way. What is held up longer ends with the process.
    ~Background() override;

    /// Begins it, or has it wait for its turn where as many are under way as may be.
    /// @param work  touches nothing that may be gone before the process; what it returns is called in this object's
    ///              thread, unless the object is gone by then
    /// @return      a number for the piece
    quint64 run(std::function<Result()> work);
    /// @return true where it had not begun; then it never will
    bool withdraw(quint64 piece);

    /// Pieces that are under way or wait.
    int open() const;

private:
    static constexpr int kMost = 8; ///< threads; TasksMax of the helper's unit leaves room for more

    struct Piece {
        quint64 number = 0;
        std::function<Result()> work;
    };
    /// What a thread may still use when this is gone.
    struct Link {
        std::mutex mutex;
        std::condition_variable ended;
        Background* owner = nullptr; ///< guarded by the mutex, as the next
        int running = 0;
    };

    int running() const;
    void beginNext();
    bool begin(std::function<Result()> work);

    std::shared_ptr<Link> m_link = std::make_shared<Link>();
    std::deque<Piece> m_waiting;
    quint64 m_last = 0;
};

} // namespace halfopen
