// Package mlog answers to the import path of the logging module that the azure-workload-identity webhook uses, with just the
// calls that the webhook makes, over log/slog. It is there because module proxies do not serve the original everywhere.
package mlog

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/go-logr/logr"
)

// LogLevel is a name from the webhook's --log-level flag; the empty one is the quietest.
type LogLevel string

// LogFormat is how a line looks.
type LogFormat string

// Levels and formats under the names that the webhook uses.
const (
	LevelWarning LogLevel = ""
	LevelInfo    LogLevel = "info"
	LevelDebug   LogLevel = "debug"
	LevelTrace   LogLevel = "trace"
	LevelAll     LogLevel = "all"

	FormatJSON LogFormat = "json"
)

// LogSpec is what the command line asked for.
type LogSpec struct {
	Level  LogLevel
	Format LogFormat
}

// threshold of each level; trace and all lie below slog's own debug, where client libraries log at high verbosity.
var threshold = map[LogLevel]slog.Level{
	LevelWarning: slog.LevelWarn,
	LevelInfo:    slog.LevelInfo,
	LevelDebug:   slog.LevelDebug,
	LevelTrace:   slog.LevelDebug - 4,
	LevelAll:     slog.LevelDebug - 100,
}

var (
	enabled = new(slog.LevelVar)
	handler = handlerTo(os.Stderr)
)

func handlerTo(out io.Writer) slog.Handler {
	return slog.NewJSONHandler(out, &slog.HandlerOptions{Level: enabled})
}

// ValidateAndSetLogLevelAndFormatGlobally sets the level of every logger, those made before included.
func ValidateAndSetLogLevelAndFormatGlobally(_ context.Context, spec LogSpec) error {
	level, known := threshold[spec.Level]
	if !known {
		return fmt.Errorf("unknown log level %q: use info, debug, trace, all or leave it empty", spec.Level)
	}
	if spec.Format != FormatJSON {
		return fmt.Errorf("unknown log format %q", spec.Format)
	}
	enabled.Set(level)
	return nil
}

// Enabled says whether lines of this level are written.
func Enabled(level LogLevel) bool { return enabled.Level() <= threshold[level] }

// Setup has nothing to prepare, and what it returns nothing to flush: slog writes each line at once.
func Setup() func() { return func() {} }

// Logr is the same output for libraries that log through logr.
func Logr() logr.Logger { return logr.FromSlogHandler(handler) }

// Fatal writes the error and ends the process.
func Fatal(err error, keysAndValues ...any) {
	New().Error("fatal", err, keysAndValues...)
	os.Exit(1)
}

// Logger writes lines under a name and with fixed values.
type Logger struct{ slog *slog.Logger }

// New returns the unnamed logger.
func New() Logger { return Logger{slog.New(handler)} }

// WithName returns the logger under a name.
func (l Logger) WithName(name string) Logger { return Logger{l.slog.With("logger", name)} }

// WithValues returns the logger with these values on each line.
func (l Logger) WithValues(keysAndValues ...any) Logger { return Logger{l.slog.With(keysAndValues...)} }

// Error is always written.
func (l Logger) Error(message string, err error, keysAndValues ...any) {
	l.slog.Error(message, append(keysAndValues, "error", err)...)
}

// Warning is always written.
func (l Logger) Warning(message string, keysAndValues ...any) { l.slog.Warn(message, keysAndValues...) }

// Info is written from level info on.
func (l Logger) Info(message string, keysAndValues ...any) { l.slog.Info(message, keysAndValues...) }

// Debug is written from level debug on.
func (l Logger) Debug(message string, keysAndValues ...any) { l.slog.Debug(message, keysAndValues...) }

// Trace is written from level trace on.
func (l Logger) Trace(message string, keysAndValues ...any) {
	l.slog.Log(context.Background(), threshold[LevelTrace], message, keysAndValues...)
}
