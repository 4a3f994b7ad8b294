/**
 * Switches of the engine's behaviour. Each change that would make a running execution behave otherwise than it began
 * gets a bit here, forever; an execution keeps the flags with which it was created. No such change has been made yet.
 */
export const CURRENT_ENGINE_FLAGS = 0;
